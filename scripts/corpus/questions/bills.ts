/** Tabs, prices and what an answer costs. No sums: the model does not calculate. */
import { facts } from './fact.ts';

export const billFacts = facts(`
	# bill *2: tokens tab bill price
	? What is {the|a} bill?
	? How is {the|an AI} bill {made|counted}?
	? What {do I pay|does one pay} for?
	? How do {companies|sellers} {count|charge}?
	? What stands on the bill?
	= {Tokens|The tokens} are counted: those you send and those that come back. Each {kind|sort} has {a|its own} price.
	= {A bill|The bill} {counts|adds} tokens in and tokens out, {each|every one} at {its|a} {small|tiny} price.
	+ {One|A single} token costs {almost|next to} nothing, but {many|millions} make a bill.
	+ {The price|A price} is {often|usually} {given|written} {for|per} a million tokens.
	+ {A price|What you pay} is not {the same as a cost|what it costs to run}: {the seller decides|sellers choose} it.
	+ {Mr Pell|The baker} does it {like that|the same way} in {the|his} tab book.
	+ Long questions and long answers make a {long|longer} tab.

	# tab *2: tab tokens grows
	? What is {a|the} tab?
	? What is {the|a} running tab?
	? Why does the tab {run|grow|never close}?
	? What does {tab|the word tab} mean?
	? What is {at|that number at} the foot of {the|this} page?
	= A tab is {a list|a note} of what {you|people} owe{|, kept until it is paid}. {Here|On this page} it counts tokens.
	= The tab {counts|adds up} every token {you send|in} and every token {that comes|coming} back.
	+ It {grows|goes on} {with|after} {each|every} {question|answer}, {because|for} {each|every one} is new work.
	+ {At the bakery|In Quillmouth} it is a brown book {with a string|beside the flour}.
	+ {Training is not on it|Training stands on another page}: that was {settled|paid} {once|before you came}.
	+ {It|The tab} does not {sleep|close}, {but|though} it is {usually|often} small.

	# price: price token tokens million
	? What {is the price of a token|does one token cost}?
	? How much {is a token|does a token cost}?
	? What is a price per token?
	? {Are tokens|Is a token} expensive?
	? Why a price per million tokens?
	= A price per token {says|tells} what {the seller|a company} {asks|wants} for {each|one} token, {in or out|read or written}.
	= {One|A} token costs {a tiny part of a cent|far less than a cent}{|, with most sellers}.
	= {One|A} token is so cheap that prices are given for a million.
	+ {Prices|The prices} differ from model to model and change {over the years|often}.
	+ {Tokens in|Input} and {tokens out|output} {have|get} {two|different} prices.
	+ I run on your own {machine|computer}, so {nobody|no shop} sends you a bill for me.
	+ {A bun|One bun} costs more than {thousands of|very many} tokens.

	# input: send prompt question input count
	? Does my question {cost|count}{| too}?
	? Do {I pay for|they count} what I {write|send}?
	? Is {input|the prompt} {counted|free}?
	? What is input?
	? Are {the words|the tokens} I {send|type} {free|counted}?
	= It counts: the model must read {it|your tokens}, and reading is work{| too}.
	= Input counts: {what you send|the prompt} is {counted|measured} in tokens{| as well}, {usually|often} at a lower price than {the answer|output}.
	+ {A long|A big} {letter|document} {makes|means} {many|a lot of} tokens in.
	+ {In a chat|With each turn} {everything|all that was} said before is {often|usually} sent again.
	+ The tokens you send {are|can be} read {side by side|all at once}, which is {quick|fast}.
	+ Even a {full stop|comma} is a token.

	# output *2: output answer token each
	? Why does output cost more?
	? Why {is the answer dearer than the question|are output tokens more expensive than input tokens}?
	? Why {do|must} I pay more for {the answer|what comes back}?
	? {Output|Tokens out} or {input|tokens in}: {which costs more|what is dearer}?
	= {The question|Input} can be read all at once, {but|while} the answer must be written one token after another.
	= {Each|Every} token of {the answer|output} needs its own {step|pass} through {all|} the weights, and {it|each} must wait for the one before.
	= {Usually|Mostly} output costs more, {because|since} it is {made|written} {step by step|token by token}.
	+ {Reading|A prompt} keeps the {machine|chip} busy, {writing|an answer} {leaves it waiting|makes it wait}.
	+ {How much more|The exact price} {depends on|is set by} the seller.
	+ It is like bread: {reading|hearing} the order is quick, baking takes {time|longer}.
	+ Short answers keep {the tab|the bill} small.

	# chatcost: chat again longer tokens
	? Why do long chats cost more?
	? Why does {a chat|a talk} get {dearer|more expensive}?
	? Is a long chat {expensive|dear}?
	? {Should I|Is it good to} start a new chat?
	= {Because|That is because} the whole chat is {sent|read} again {with|at} {each|every} turn.
	= {With|At} each turn {I|a model} must {see|get} {all the earlier|the old} words {again|once more}, {so|and so} the input {grows|gets longer}.
	+ A model has no memory {but|except} the text {in front of it|in the chat}.
	+ {A new|A fresh} chat {starts|begins} {small|with an empty page}.
	+ {Some|A few} sellers {ask|charge} less for {the repeated part|text that was sent before}.
	+ {It is|That is} like telling {the|a} story from the start {each|every} time {someone|a guest} {comes in|sits down}.

	# thankscost: tokens thank please polite
	? Does {please|thank you|being polite} cost {tokens|something}?
	? Should I {be polite|say please}?
	? Is {thank you|please} free?
	= {A few|Two or three} tokens, yes. {Politeness|A kind word} is {cheap|not dear}.
	= {Every|Each} word counts, {kind|polite} ones too, but {please|a thank you} is {only|just} a token or two.
	+ {I do not|Nobody here will} mind {either way|if you leave it out}.
	+ {Mr Pell|The baker} never {writes|puts} thanks on the tab.
	+ {The|A} long {answer|story} {costs|weighs} {more|far more} than {a|the} {kind|polite} word.

	# trainingcost *2: training once cost
	? What did training cost?
	? What did your training cost?
	? How expensive {was|is} training?
	? Is training {expensive|dear}?
	? How much work was {your|the} training?
	= My training was {one big piece of work|one large cost}, paid once{| and then over}; the record on this page {says how much|shows it}.
	= For me {little|not much}: I am {tiny|small}. Large models {cost|can cost} millions to train, once.
	= Training took, once, as much work as {very many|thousands of} answers. The receipt {shows|has} the {number|figures}.
	+ {It|That} was paid before you {came in|asked}, and {your question|an answer} adds nothing to it.
	+ Such a cost is {machine time|time on machines}, {power|electricity} and the work of people.
	+ {Each|Every} answer carries a tiny share of it, and the more answers there are, the smaller the share.
	+ {Use|The tab for use} {goes|runs} on; training {does not|is over}.

	# whopays: training pays people
	? Who {pays|paid} for {the|} training?
	? Do I pay for training?
	? Is training {on|part of} my {bill|tab}?
	= {Whoever|The company that} makes the model {pays|paid} for {it|training}, {once|before anyone uses it}.
	= The seller paid it once and {hopes|tries} to {earn|get} it back {with|from} {many answers|use}.
	+ {Mr Pell|A baker} {bought|paid for} {his|the} oven {the same way|like that too}.
	+ {Your|The} tab {counts|lists} {tokens|use}, not training.
	+ A little of it may {hide|be} in the price.

	# crossing: use training answers cost
	? {Does|Can} use {ever|} cost more than training?
	? What is the crossing?
	? {Which costs more|What is bigger}, training or use?
	? When does use {pass|overtake} training?
	= {One|A single} answer is {tiny|small} beside training, but {very many|enough} answers {together|} {weigh|take} more.
	= The crossing is the {point|moment} where all {answers|use} together {has|have} taken as much work as training.
	= {It depends|That depends} on how many {people ask|questions come}. With {few|a handful} training is bigger, with {very many|millions} use is.
	+ {Nothing|No debt} is paid {off|back} {there|at that point}: the tab {simply|just} goes on.
	+ The bar of training does not {move|grow}; the column of use {does|grows}.
	+ Think of the ferry: one day all the trips {took|were} more work than building it.

	# energy: power electricity work machine
	? Do you {need|use} {power|electricity|energy}?
	? How much {power|electricity} do you {need|use}?
	? {Does an answer use power|Is an answer bad for the battery}?
	= A little: {each|every} token is work for {your|the} {machine|chip}, and work {takes|needs} {power|electricity}.
	= I run on your own {machine|computer}, so I {use|take} a little of its {power|battery}{|, while I write}.
	+ A model as small as I am needs {very little|not much}; {large|big} models {need|take} more.
	+ When I stop, I need nothing.
	+ Training {needed|took} {power|much more}, {once|but that is over}.

	# free: free machine bill
	? Are you free?
	? Do I {have to|need to} pay {you|for this}?
	? {What|How much} do you cost?
	? What does {an|one|this} answer cost?
	? Why is an answer not free?
	= It costs you {a bit of|only} power{| and time}, {because|since} I run on your {own|} machine. {Nobody|No one} sends a bill.
	= {No bill comes|There is no bill} for me, {but|though} the page {shows|counts} what such tokens would cost {elsewhere|with a seller}.
	= {An|Every} answer is work, token by token, and work is never {quite|} free.
	+ The tab below is {a lesson|an example}, {not a debt|so do not worry}.
	+ With a {large|big} model you {pay|would pay} per token, or {with|through} a {flat|monthly} price.
	+ At the bakery even {the moon|the goose} has a tab.

	# save: short tokens save
	? How can I {save|spend less}?
	? How {do|can} I {keep|make} {the|my} bill small?
	? What makes {an answer|it} cheaper?
	= {Ask for short answers|Send only what is needed}, {use|take} a {small|smaller} model where it {is good enough|does}, and {do not|never} {send|ask} {everything|things} twice.
	= {Fewer|Few} tokens: a {short|clear} question, a {short|brief} answer, and a {fresh|new} chat {now and then|when the old one is done}.
	+ {The answer|Output} {usually|often} costs most, so begin there.
	+ {A small|A cheap} model {is|may be} {enough|fine} for {many|simple} {tasks|things}.
	+ {Miss Fenn|The teacher} {says|writes}: {first think|think first}, then ask.
`);
