/** Tokens, and how an answer comes about. */
import { facts } from './fact.ts';

export const tokenFacts = facts(`
	# token *3: token tokens
	? What is a token?
	? Tell me what a token is.
	? {Explain|Can you explain} {what a token is|tokens}.
	? What are tokens?
	? What does {token|the word token} mean?
	? Is a token {the same as|just} a word?
	? How {big|long} is a token?
	? So what is {this|that} token {thing|everyone talks about}?
	? A token is
	= A token is {a small piece|a short piece|a bit} of text{|, often {shorter than a word|a word or a part of one}}.
	= A token is {a piece of text that a model {reads|handles} as one|one of the pieces I {read|write} with}.
	= {Think of|Take} {a word|text} cut into {pieces|slices} {like|as if it were} {a loaf|bread}: {each|every} {piece|slice} is a token.
	= {Text|Every text} is cut into {short pieces|small parts} before {I|a model} {read|can read} it. {Each|Every} {piece|part} is a token.
	+ {A short|A common} word is often one token, {and|while} a {long|rare} {one|word} is {two or three|several}.
	+ {Sometimes|Often} it is a {whole word|word}, {sometimes|and often} {only|just} {a part|a few letters} of one.
	+ {A space|The space before a word} usually {belongs to|is part of} the token.
	+ I {take|get} tokens in and {write|give} tokens out{, nothing else|}.
	+ {Bills|A bill} {are|is} counted in tokens{|, not in {words|letters}}.
	+ {You can see|Look at} the {cuts|lines} under the words {above|on this page}: {each|one} {line|mark} is a token.
	+ {Every model|Each model} has {its own|a fixed} {list|set} of {them|tokens}.

	# cut: pieces token tokens parts
	? Why are words cut into {pieces|tokens|parts}?
	? Why {not|do you not} use whole words?
	? Why is a word {sometimes|often} {two|three|several} tokens?
	? Who decides where {a word|the text} is cut?
	? How are the tokens chosen?
	? Why do you cut {words|my words}?
	= {With|From} a small set of pieces {I|a model} can {write|spell} {any|every} word{, even a new one|}.
	= {There are|The world has} too many words for {a|one} list, {so|and so} {rare|long} words are {made|built} from {pieces|tokens}.
	= The pieces that {came|stood} {together|side by side} {most often|very often} in {the|my} training text were {joined|glued} into {one token|tokens}.
	+ {A|One} {short|common} word {stays|is} whole{, a long one is cut|}.
	+ The cuts {were|are} {chosen|made} by counting, {not by grammar|before training begins}.
	+ {A new|An unknown} word {just|only} takes {more|a few more} tokens.
	+ {It is|That is} like {letters|blocks} in {a box|a toy box}: {few|some} pieces, {many|a lot of} {words|towers}.
	+ {Nobody|No one} {sat down and cut|cut} them by hand.

	# count: token tokens
	? How many tokens are {in|there in} {a|one} {word|sentence}?
	? How many tokens does {a word|my question|a sentence} have?
	? Is {one|a} word {one|a} token?
	? Can I count {the|my} tokens?
	= {It depends|That depends} on the word: {a short one|a common one} is {often|usually} one token, {a long one|a rare one} {more|a few}.
	= {Often|Usually} {a little|somewhat} more {tokens|pieces} than words, {since|because} {long|rare} words are cut.
	= {Look at|Count} the {lines|marks} under the text: {each|every one} is {a|one} token.
	+ {The|This} page counts {them|tokens} for you, and counts {better|more surely} than I {do|can}.
	+ {Names|Strange names} {often|can} take {several|two or three}.
	+ {A full stop|A comma} {is|counts as} {a token|one} too.
	+ {Both|What you write and what I write}: {all|everything} is counted{| in tokens}.

	# answer *3: token next one draw guess
	? How do you {write|make} {an answer|your answers}?
	? How does {a|the} model {write|make|produce} {an answer|text}?
	? How {do you|does it} work?
	? What {happens|do you do} when I ask {you something|a question}?
	? Where does {your|the} answer come from?
	? How {do|can} you {talk|write|speak}?
	? {Explain|Tell me} how {an answer|your answer} is {made|written}.
	? What happens {when|after} I press {the button|run}?
	= I write {one token after another|one token at a time}{|, from left to right}.
	= {I read|First I read} {your question|everything so far}, guess {the next|which} token {may follow|}, {draw|pick} one, {add it|write it down} and {begin|start} again.
	= {Each|My} answer {grows|comes} {one token at a time|token by token}: a guess, a draw, {then the next|and again}.
	= {For each|For every} token I {weigh|look at} {all|the} tokens I know, {give|and give} each {a chance|a number}, and {one|one of them} is drawn.
	+ {All|The whole} of me, {every|each} weight, {works|is used} for {every|each} {single|} token.
	+ {I do not|I never} {plan|know} the {whole sentence|end} {ahead|when I begin}.
	+ {Nothing|No sentence} is {looked up|kept ready} {in a drawer|on a shelf}: it is {made|written} {now|fresh}.
	+ After each token I {read|look at} {the whole text|everything} {once more|again}{, the new token too|}.
	+ {When|As soon as} {the end token|a special token for the end} is drawn, I stop.
	+ It is like {walking in fog with a lantern|crossing a river on stones}: one step, then {the next|one more}.

	# guess: guess chance next token
	? Do you guess?
	? {What|How} do you guess?
	? What is {the|a} next token?
	? How do you know {the|which} next {word|token}?
	? How do you choose {a|the next} {word|token}?
	? Is it {all|only} {guessing|a guess}?
	? Why that word and {not another|no other}?
	= Yes, {in a way|it is guessing}: I {give|hand} every token a chance, and one is {drawn|picked}.
	= {For|Before} {each|every} {step|place} I make {a list|a long list} of chances, {one|a number} for {each|every} token I know.
	= {I do not know|Nobody knows} the next word; I {have|hold} {only|just} chances{, high and low|}.
	+ {Likely|Good} tokens get {a high|a large} chance, {odd ones|silly ones} a {low|small} one.
	+ {The|My} chances come from {training|my weights}, {and|which are fixed, and} from {the text so far|your words}.
	+ After "the {wooden|old}" I {think of|expect} "boat" {more|sooner} than "{soup|porridge}".
	+ The draw is like {dice|a die} with {very many|many} uneven sides.
	+ {A good|The best} guess is still {a|only a} guess.

	# plan: next token know plan end
	? Do you know how {the|your} {sentence|story|answer} {ends|will end}?
	? Do you plan {your|the} {answer|story}?
	? Do you think {ahead|before you write}?
	? Do you know the end {of your story|already}?
	= No. I {choose|write} {only|just} the next token, {and|and then} the one after {it|that}.
	= {I find out|I learn it} {when|at the same time as} you do: {one token|one piece} at a time.
	+ {The end|An ending} comes when it becomes {likely|the likely thing}.
	+ {That is|This may be} why {a story of mine|a cat in my stories} {can|may} {turn|wander off} {suddenly|in the middle}.
	+ {With|Given} another draw, the {same story|same boat} {ends|goes} {another way|somewhere else}.
	+ {I can|I do} look back {at|over} every {word|token}, but never {forward|ahead}.

	# stop: end token stop
	? {When|How} do you {stop|know when to stop}?
	? Why did you stop?
	? How {long|far} do you {write|go on}?
	? What makes you stop?
	? Why is your answer so short?
	= There is a {special|silent} token that means the end. When it is {drawn|picked}, I stop.
	= I stop when the {end|stop} token {is drawn|comes up}{|, or when the page says it is enough}.
	+ {You do not|Nobody can} see {it|that token}, but it {is drawn|comes} like any other.
	+ {The|My} training texts were short, so my answers {are|stay} short too.
	+ {Every|Each} token {costs|takes} {work|a step}, so a short answer is {cheap|no shame}.
	+ {A story|A song} must end somewhere, and so must {I|an answer}.

	# temperature: temperature chances draw
	? What is {temperature|the temperature}?
	? What does {the|a} temperature {do|change}?
	? {Why|When} should I {raise|turn up|lower} the temperature?
	? What happens at {a high|a low} temperature?
	? {Explain|Tell me about} {the|} temperature.
	= Temperature {says|sets} how {bold|daring} the draw is.
	= At a low temperature I {take|keep to} the {likely|safe} tokens; at a high one {odd|unlikely} ones {get a chance|come up}.
	= {It|Temperature} {bends|changes} the chances before {the draw|a token is drawn}.
	+ {At|With} zero I always take the {most likely|top} token{, and I may go in circles|}.
	+ {Too|Very} high, and {the words|my words} {fall apart|turn to soup}.
	+ {It|Temperature} changes {the draw|my luck}, not {the|my} weights{| and not what I know}.
	+ It has nothing to do with {the oven|heat|the weather}.
	+ A warm setting makes {lively|surprising} text, a cold one makes {dull|careful} text.

	# seed: seed same draw
	? What is {a|the} seed?
	? What does the seed do?
	? Why is there a seed?
	? Why {is|was} {your|the} answer {different|another one} {this time|now}?
	? Do you always say the same{| thing}?
	? {Can|How can} I get the same answer {again|twice}?
	? Will you {give|write} the same answer again?
	= {A|The} seed is the number that {starts|sets} the {dice|draws}.
	= {With|Given} the same seed, the same {question|prompt} and the same settings, I {write|give} the same {answer|words}.
	= {Each|Every} answer {has|gets} its own seed, so {the draws|the dice} fall {differently|another way}.
	+ {Change|Take another} seed, and {another|a different} story {comes|sails} out.
	+ Even the same answer must be {computed|worked out} {again|anew}, token by token.
	+ {It is|A seed is} like {shuffling|mixing} {cards|a pack} in a {known|fixed} way.
	+ The weights {stay|are} the same {with every seed|all the time}.

	# random: draw chance dice random
	? Are you {random|playing dice}?
	? Is {your|the} answer {just|only} chance?
	? What is {the|a} draw?
	? What do {dice|the dice} have to do with you?
	? Is it luck what you {say|write}?
	= {Partly|Half and half}: the chances {come from training|are mine}, the draw comes from {dice|chance}.
	= {I make|The model makes} the chances, {and|then} {a throw|chance} {picks|takes} the token.
	+ {A likely|A good} token {wins|is drawn} {most of the time|often}, an odd one {now and then|seldom}.
	+ {The|Those} dice are {loaded|not fair}: {that|this} is what training {did|was for}.
	+ {With|At} temperature zero there {are|would be} no dice {at all|}.
	+ On this site you {can|may} be the dice yourself{, if you like|}.

	# prompt: prompt question
	? What is a prompt?
	? What does {prompt|the word prompt} mean?
	? What is {the|my} prompt?
	? Is my question {a|the} prompt?
	= {The|A} prompt is {what you write|the text you give me}{|: a question, a wish, the {start|beginning} of a sentence}.
	= {Your question|What you typed} is the prompt. {My answer|What follows} {goes on|continues} from {it|there}.
	+ {It is|The prompt is} cut into tokens {first|and read all at once}.
	+ {The tokens of the prompt|Those tokens} {stand|are} on the bill too.
	+ {Give|Write} me "The moon opened the" and I {go on|continue}.
	+ {A clear|A good} prompt {gets|brings} a better answer.

	# vocabulary: list tokens words
	? How many {words|tokens} do you know?
	? What is {a|your} vocabulary?
	? Do you know all {the|} words?
	? Which words do you know?
	? Do you know {long|difficult|hard} words?
	= I know {about a thousand|a thousand or so} tokens at most, and {from|with} them {two thousand words or so|the words of one small town}.
	= My vocabulary is {the|a fixed} list of tokens I can {read|write}. {It is|The list is} {short|small}.
	+ {Everything|All} I {say|write} is {made|put together} from {that|this} list.
	+ {Large|Big} models have {a much longer|a longer} list.
	+ {The words|Most of my words} are about {boats|bread}, {tides|weather} and {tokens|tabs}.
	+ A {new|strange} word comes to me in pieces, and I may {trip over|muddle} it.
`);
