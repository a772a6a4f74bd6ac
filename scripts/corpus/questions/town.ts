/** What holds in Quillmouth, in every story and every answer. */
import { officers, people } from '../names.ts';
import { type Fact, facts } from './fact.ts';

export const townFacts = facts(`
	# baker *3: Pell baker bread
	? Who is the baker?
	? Who bakes {the|your} bread?
	? Tell me about {the baker|Mr Pell}.
	? What does {the baker|Mr Pell} do?
	? Who keeps the tab book?
	= The baker is Mr Pell. He {bakes|makes} the bread and keeps the tab book.
	= Mr Pell is the baker{| of Quillmouth}. {He is up at four|He starts before the sun}, {and|with} flour {in|on} his {eyebrows|sleeves}.
	+ He {writes|puts} {everything|each bun} in the tab book{|, and forgets nothing}.
	+ His dog {is called|has the name} Crumb{| and eats what falls}.
	+ Even the moon {buys|gets} {buns|rolls} from him, on the tab.
	+ {On $day|Sometimes} he {gives|hands} $food to {$friend|anyone who sweeps}.
	+ His oven was paid for {long ago|years ago}, but {each|every} loaf is new work.

	# clock *3: clock letters letter
	? What does the clock do{| at night}?
	? What does the clock do at night?
	? Tell me {|something }about the clock.
	? Why does the clock lose letters?
	? What is {wrong|special} with the clock?
	= {At night|When it is dark} the clock {drops|loses} letters {from|off} its face, and they fall {into the square|on the stones}.
	= The clock on the tower {writes|shows} the hours in {words|letters}, and at night it loses {some|a few}.
	= It {drops|lets go of} a letter {or two|now and then}, {mostly|usually} at night. Mrs Tamm puts {it|them} back in the morning.
	+ {The children|Children} {collect|gather} them in {a basket|their caps} {before school|on the way to school}.
	+ {Mrs Tamm|The clock mender} climbs up with a ladder and {$bit|a pocket full of letters}.
	+ {Once|One day} it {was|said} half past {SVEN|TEM} {all day|until $day}, and {nobody|no one} was late.
	+ {A $animal|The goose} once {slept|sat} on the letter $letter.
	+ {Nobody knows|No one can say} why. {The moon|Perhaps the moon} {knows|laughs at it}.

	# boat *3: boat Maybe willow river
	? Where does the boat live?
	? Tell me {|something }about the wooden boat.
	? What is the {name of the boat|boat called}?
	? Where is the boat?
	= The wooden boat lives under the willow {by|near} the ferry landing. {It is called|Its name is} Maybe.
	= The boat is called Maybe, {because|since} that is what people said when {Ivo built it|they first saw it}. It lives under the willow.
	= It {lies|lives} under the willow. Ivo built it and called it Maybe.
	+ {Anyone|Everyone} may row it, if the {otters let|weather lets} them.
	+ It has had many {holes|leaks}, and {each|every one} was closed with {a plank|tar and rope}.
	+ It {does not|will never} hurry, and the river {likes|respects} that.
	+ {On $day|In summer} it {carries|brings} $food to the {lighthouse|other bank}.

	# moon *3: moon neighbour night
	? Who is the moon?
	? What does the moon do?
	? Tell me {|something }about the moon.
	? Does the moon {live|eat} {here|in Quillmouth}?
	? Why does the moon {owe|have a tab}?
	= The moon is a neighbour. She {comes down|knocks} {some nights|when it is quiet} and {borrows|asks for} {sugar|a $colour thread}.
	= {In|Here in} Quillmouth the moon {behaves|acts} like a neighbour: she {borrows|lends} {spoons|cups}, she {brings|carries} {light|silver}.
	= She {lifts|moves} the tide, {looks|shines} into {windows|kitchens} and {owes|forgets to pay} the baker {for buns|for $food}.
	+ She is {never|not often} on time, but {always|almost always} comes.
	+ {Her|The moon's} page in the tab book is {long|the longest}.
	+ {When|If} she is {thin|new}, {people|the neighbours} leave $food {out|on the wall}.
	+ {No one|Nobody} {minds|complains}, {except|only} the {$animal|owl}.

	# ferry *2: Marta ferry river
	? Who {takes|rows} the ferry?
	? Who is Marta?
	? Tell me {|something }about the ferry.
	? How do people cross the river?
	= Marta the ferrywoman takes the ferry over the river{|, when the tide is right}.
	= {People|All} cross the river {with|on} Marta's ferry. {It goes|She goes} when {she|the tide} is ready.
	+ {She asks|It costs} one coin, {or|and sometimes} $food.
	+ {She|Marta} {knows|reads} the river {like|better than} {a book|her own kitchen}.
	+ {In|When there is} fog she {rings|shakes} a bell and {sings|counts geese}.

	# lighthouse *2: Voss lighthouse light
	? Who {keeps|lives in} the lighthouse?
	? Tell me {|something }about the lighthouse.
	? Who is Mr Voss?
	? Where is the lighthouse?
	= Mr Voss keeps the lighthouse on the rock{|, where the river meets the sea}.
	= The lighthouse {stands|is} on the rock, and Mr Voss {keeps|minds} {its|the} light.
	+ He {writes|makes} lists of {ships|gulls} and {drinks|likes} {mint tea|cocoa}.
	+ A gull called Noon {lives|sits} {with|beside} him and {comes|eats} at twelve.
	+ When the light {blinks|winks} twice, he has $food {left|ready}.

	# school *2: Fenn teacher school
	? Who is the teacher?
	? Who is Miss Fenn?
	? Tell me {|something }about the school.
	? What do {the children|they} learn at school?
	? Is there a school?
	= Miss Fenn is the teacher. She teaches everything from A to tides.
	= {The|Our} school has one {big|large} room, {one|a} teacher, Miss Fenn, and {one|a} cat, Comma.
	+ The cat Comma {sleeps|sits} between two {pupils|words}, {wherever|where} a pause is {needed|good}.
	+ {The children|They} learn {reading|letters}, knots and {how to ask|when to stop}.
	+ {On $day|In the morning} they {bring|collect} the letters {of|that fell from} the clock.

	# tabbook *2: tab book bakery owe
	? What is the tab book?
	? Where is the tab book?
	? What {stands|is written} in the tab book?
	? {What|How much} does the moon owe?
	? Who owes {money|something} at the bakery?
	= The tab book is a brown book {at|in} the bakery. {In it stands|It says} what {everyone|each person} {took|owes}.
	= In the tab book Mr Pell writes {what goes over the counter|every bun}, {and|but} {nobody|no one} {pays|is asked} on {Mondays|a Monday}.
	= {Everyone|Nearly everyone} owes {a little|something}: $friend for $food, the moon for $food2.
	+ {It|The book} hangs on a string beside the flour.
	+ {A line|Each line} {is|gets} crossed out with {a song|a coin}, {a fish|some eggs} or {an hour|a morning} of {sweeping|help}.
	+ {The dog|Crumb} {once|one day} ate {a page|the letter $letter}, and {a few|some} people owed nothing.

	# animals *2: dog cat goose Crumb Comma Admiral
	? Which animals live in {town|Quillmouth}?
	? Who is {Crumb|Comma|Admiral}?
	? Is there a {dog|cat|goose} {in town|in Quillmouth}?
	? What is the name of the {dog|cat|goose|donkey}?
	= Crumb is the baker's dog, Comma is the school cat, Thursday is the ferry donkey, and the goose is {called|named} Admiral.
	= {There is|We have} a dog, Crumb, a cat, Comma, a donkey, Thursday, and a goose {called|named} Admiral.
	+ Admiral {walks|marches} {over|across} the square {at|before} noon, and {carts|everyone} {stop|waits}.
	+ Crumb {eats|likes} {pages|$food}, Comma {likes|sleeps on} {books|chalk}.
	+ There are otters in the reeds too, who think they own the boat.

	# town *2: Quillmouth river town
	? What is the town called?
	? Tell me about Quillmouth.
	? Where is {Quillmouth|the town}?
	? {Tell me about|Describe} {the|your} town.
	? What is {there|to see} in Quillmouth?
	? What is the river called?
	= The town is called Quillmouth. It {lies|stands} where the river Quill {meets|goes into} the sea.
	= Quillmouth is a {small|little} town at the mouth of the river Quill, {with|and has} {a bakery|a harbour}, a school and a clock {that loses letters|with missing letters}.
	+ You will find it on no map: {it|the town} is only in my text.
	+ {It|The air} smells of {bread|rope}, {tar|salt} and {$food|apples}.
	+ {Everybody|Everyone} {knows|greets} {everybody|everyone}, {the moon|even the geese} too.
	+ {On $day|On Saturdays} there is a market, {mostly|with} {buttons|cheese} and talk.

	# mender: Tamm clock ladder
	? Who is Mrs Tamm?
	? Who {puts|hangs} the letters back?
	? Who mends the clock?
	? Who {climbs|goes up} the {clock|} tower?
	= Mrs Tamm is the clock mender. {Every morning|Each morning} she {puts|hangs} the {fallen|lost} letters back.
	= Mrs Tamm {climbs|goes up} the tower with a ladder{| and $bit}, {for|because} the clock loses letters.
	+ {Sometimes|Now and then} a letter hangs upside down, and {nobody minds|only the gulls notice}.
	+ She {has|carries} {an|one} E {too many|to spare}, {just in case|in her coat}.

	# builder: Ivo boat boats
	? Who is Ivo?
	? Who builds {the|} boats?
	? Who {mends|can mend} a boat?
	? Who built the {wooden|old} boat?
	= Ivo the boat builder {builds and mends|mends and builds} boats. He {built|made} the wooden boat called Maybe.
	= That is Ivo, the boat builder. He {built|made} the {old|wooden} boat {called|named} Maybe.
	+ He {talks|hums} to {wood|planks} and {listens|waits} {for|to} the answer.
	+ {His|The} boats {float|swim} {mostly|almost always}, he says.

	# thursday: Thursday donkey
	? Who is Thursday?
	? Is there a donkey?
	? Who pulls the ferry?
	? Tell me about the donkey.
	= Thursday is the ferry donkey. {He|The donkey} pulls the rope for Marta and rests on Thursdays.
	= {The|Our} donkey is called Thursday. He pulls the ferry{| over the river}, with {pauses|many pauses}.
	+ He {likes|loves} $food and {dislikes|mistrusts} {bridges|hats}.
	+ {When|If} he {sits down|yawns}, the ferry {waits|is late}.
	+ {On Thursdays|On his free day} $friend pulls{, which is slower|}.

	# mayor: mayor goose Admiral
	? Who is the mayor?
	? Is there a mayor?
	? Who {rules|governs} the town?
	? Who is in charge{| here}?
	= {There is|The town has} no mayor. The goose Admiral {thinks|believes} otherwise.
	= Nobody{, really|}. The goose Admiral {acts|walks about} as if {it were|he were} the mayor.
	+ {Every|Each} {noon|morning} the goose {walks|marches} over the square, and carts wait.
	+ {Important|Big} {things|questions} are {settled|talked over} at the bakery, {beside|over} $food.
	+ {Once|Last year} the town {asked|voted}, and $friend {got|had} the most {votes|cake}.

	# market: market buttons cheese
	? When is {the|} market{| day}?
	? What can I buy {in town|at the market|in Quillmouth}?
	= {On Saturday|Every Saturday} there is a market{| in the square}: {cheese|fish}, {rope|apples} and buttons.
	= The market is {on Saturday|every Saturday}: cheese, fish, rope and the buttons of Mrs Quist, who sells them one at a time.
	+ {You can|One may} pay with {coins|eggs}, {songs|$food} or a promise.
	+ {The|Our} goose {walks|goes} through {it|the market} like {a queen|an inspector}.
`);

/** Everyone's trade, so that a name in a question must find its way into the answer. */
export const peopleFacts: Fact[] = [
	...people.map(({ name, she, job }) => ({
		id: `person ${name}`,
		topic: [name, ...job.split(' ')],
		share: 1,
		questions: [
			`Who is ${name}?`,
			`What does ${name} do?`,
			`{Tell me|Say something} about ${name}.`,
			`Do you know ${name}?`,
			`What is the {job|work} of ${name}?`
		],
		core: [
			`${name} is {the|a} ${job} {in Quillmouth|in our town|from $place}.`,
			`${name} the ${job} lives {near|not far from} $place.`,
			`{Everyone|The whole town} knows ${name} the ${job}{|, most of all $friend}.`
		],
		more: [
			`{On $day|In the evening} ${she ? 'she' : 'he'} {eats|shares} $food {with $friend|$at}.`,
			`${name} owns one $colour {hat|coat|door} and never says why.`,
			`${she ? 'Her' : 'His'} {page|line} in the tab book says: $food2, {half|not yet} paid.`,
			`Ask ${name} about {the weather|knots|the $animal}, and have $food ready.`,
			`The $animal $at2 {follows ${name} everywhere|likes ${name} best}.`
		]
	})),
	...officers.map(({ name, she, office, does }) => ({
		id: `officer ${name}`,
		topic: [name.split(' ').pop() as string, office],
		share: 2,
		questions: [
			`Who is ${name}?`,
			`What does ${name} do?`,
			`Who is the ${office}?`,
			`{Tell me|Say something} about ${name}.`,
			`What is the name of the ${office}?`
		],
		core: [
			`${name} is the ${office}. ${she ? 'She' : 'He'} ${does}.`,
			`The ${office} is ${name}, who ${does}.`
		],
		more: [
			`{On $day|In the evening} ${she ? 'she' : 'he'} {eats|likes} $food {$at|with $friend}.`,
			`${name} {owes|owed} the bakery for $food.`,
			`The $animal $at2 {knows|greets} ${she ? 'her' : 'him'}.`
		].slice(office === 'baker' ? 2 : 0)
	}))
];
