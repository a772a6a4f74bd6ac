/** Letters, notices, slips, sayings, views from windows, and a rhyme or two. */
import { Cast } from './cast.ts'
import { lines, tidy, type Dice } from './grammar.ts'

type Note = { prompts: string[]; parts: string[][]; share: number }

const notes: Note[] = [
	{
		share: 5,
		prompts: lines(`
			{Write|Please write} a {letter|short letter} from $A to $B.
			What did $A write to $B?
			{A|I need a} letter from $A to $B{|, please}.
			{Write|Write a letter} to $B{|,} from $A{.| , about the $thing.}
		`).slice(0, 3),
		parts: [
			lines(`
				Dear $B,
				{Good|My good} $B,
				{Hello|Good morning} $B,
			`),
			lines(`
				{I found|here is} your $thing $at, {under|beside} a $feeling $animal.
				{thank you|many thanks} for the $adj $thing. {It|The $thing} {fits|works}, and {$friend|the $animal} likes it.
				{may I|can I} {keep|borrow} the $adj $thing until $day? $weather last night.
				$weather, and I {need|miss} my $thing. {Did|Have} you {leave|left} it $at?
				the $thing is ready. {Come|Fetch it} {on $day|before $officer does}.
			`).map((line) => line.replace('{Did|Have} you {leave|left} it $at?', 'Did you leave it $at?')),
			lines(`
				{I send|Here is} $food {with|by} {the postman|the ferry}.
				$C {says|thinks} {hello|you owe the bakery for $food}.
				{Bring|Please bring} $bit and $food.
				The $animal {asks|looks} for you {every $day|$at2}.
				{I pay|It goes on the tab} {with|under} $food.
			`),
			lines(`
				{Yours|Your friend}, $A.
				{With|Many} {love|greetings}, $A.
				{See you $at2|Until $day}. $A.
			`).map((line) => line.replace('{With|Many} {love|greetings}', '{With love|Many greetings}'))
		]
	},
	{
		share: 4,
		prompts: lines(`
			Write a notice for {the bakery|the school|the harbour|the ferry}.
			{Write|Make} a sign for the door.
			What does the notice {say|on the wall say}?
			A notice{| about the $thing}, please.
		`),
		parts: [
			lines(`
				{Lost|Found|Missing}: one $adj $thing, {last seen|left} $at, {smells|smelling} of $food.
				{Wanted|Needed}: a $adj $thing, for $A, who {pays|offers} $food.
				{To give away|For sale}: a $adj $thing, with $bit, {ask|from} $A {|the $Ajob}.
				{Closed|Open} {on $day|until $when2}, {because|since} $weather.
			`).map((line) =>
				line
					.replace('{Closed|Open} {on $day|until $when2}', '{Closed|Open} on $day')
					.replace('{smells|smelling}', 'smelling')
					.replace('{last seen|left}', 'last seen')
					.replace('{ask|from} $A {|the $Ajob}', 'from $A the $Ajob')
			),
			lines(`
				{Please|Kindly} do not feed the $animal. It {has had|already ate} $food.
				{Ask for|See} $B {at|near} $place2. {Knock|Ring} $number times.
				{Tabs|All tabs} may be paid with $food, {songs|sweeping} or $bit.
				{Whoever|Anyone who} {finds|sees} {the letter|a letter} $letter, {bring|please bring} it to Mrs Tamm.
			`),
			lines(`
				Signed, {$A|$officer}.
				{Thank you|With thanks}. {$officer|$A}.
				{No|Please no} {geese|$animal riding}. {$officer|$B}.
			`).map((line) => line.replace('{No|Please no} {geese|$animal riding}.', '{No|Please, no} geese.'))
		]
	},
	{
		share: 3,
		prompts: lines(`
			{Write|Make} a shopping list{| for $A}.
			What stands on the slip of $A?
			What does $A {need|buy} {today|at the market}?
			{A|The} shopping list of $A, please.
		`),
		parts: [
			lines(`
				{On the slip|The slip of $A says}: $food, $food2, $bit, {and|then} a $colour {ribbon|thread}.
				$A needs $food, a $adj $thing, $bit and {something|$food2} for $B.
				{First|At the bakery} $food, {then|at the market} $bit, {then|last} a $thing for $B{, says $A|}.
				$A {buys|will buy} $food, {takes|fetches} $food2 and {looks|asks} for a $adj $thing.
			`),
			lines(`
				{On the back|At the bottom} {it says|stands}: do not forget {$B|the $animal}.
				{And|Also} $number buttons, {if|in case} Mrs Quist {asks|smiles}.
				{Everything|All} on the tab, {except|but not} the $thing.
				{Crossed out|Not this time}: $food3.
			`)
		]
	},
	{
		share: 4,
		prompts: lines(`
			Say something wise.
			{Tell me|Do you know} a saying{| from Quillmouth}.
			What do people {say|think} {in Quillmouth|there}?
			{Give me|I need} some advice.
		`).map((line) => line.replace('{Tell me|Do you know} a saying{| from Quillmouth}.', 'Tell me a saying{| from Quillmouth}.')),
		parts: [
			lines(`
				{In Quillmouth they say|Mr Pell says|Marta says|Mrs Tamm says|Miss Fenn says}:
				{An old|There is a} saying {$at|by the river}:
				$A the $Ajob {says|used to say}:
			`).map((line) => line.replace('{An old|There is a} saying', 'There is a saying')),
			lines(`
				{never|do not} lend a $thing to a $animal, nor $food to {two|$number} geese.
				{who|whoever} borrows a $thing {brings|returns} it with $food.
				{one|a} $adj $thing is {better|more} than {two|$number} {promises|wishes}.
				when it {rains|snows|blows}, {eat|bring} $food and {wait for|ask} {$B|a $animal}.
				{a|one} bun at a time, {and|then} the {tab|day} {takes care of|writes} itself.
				{a $thing|a clock} without {a friend|letters} is {only|just} a {noise|weight} {in the hall|$at}.
				{the moon|a $animal} pays {late|seldom}, but {always|mostly} {in silver|with a smile}.
			`),
			lines(`
				{And|But} {nobody|only the $animal} {knows|does} {better|it}.
				$B {nods|says the same}, and {goes on with|eats} $food.
				{That|It} {helps|is true} most {days|often}, {except|but not} on $day.
			`).map((line) =>
				line
					.replace('{And|But} {nobody|only the $animal} {knows|does} {better|it}.', 'Only the $animal knows better.')
					.replace('{helps|is true} most {days|often}', 'is true most days')
			)
		]
	},
	{
		share: 4,
		prompts: lines(`
			What does $A see from the window?
			What do you see from the window?
			{Look|Please look} out of the window.
			Describe {the|a} view{| from the window} of $A.
		`),
		parts: [
			lines(`
				{From|Out of} the window of $A {you|one} {see|sees} $place and a $adj $thing {beside|under} a $colour {roof|tree}.
				$A sees a $animal $at, {and|then} $friend with $food.
				{First|Near the window} there is a $adj $thing, {then|behind it} $place, {then|far off} $place2.
			`).map((line) => line.replace('{you|one} {see|sees}', 'you see')),
			lines(`
				$B {walks|hurries} by with {a $thing2|$food} and {waves|sings|looks up}.
				{Behind|Over} $place3 a $colour {light|flag|kite} moves {slowly|in the wind|up and down}, and $B {counts|watches} it.
				{Far out|Far away} a boat {waits|turns}, {painted|as} $colour, {with|and in it} $C and $food.
			`).map((line) => line.replace('{painted|as} $colour', 'painted $colour')),
			lines(`
				{Nothing else|That is all} {happens|there is}, and it is {enough|plenty}.
				The clock has lost {a|its} $letter again.
				{Soon|Later} the moon {comes|will come} and {asks|ask} for $food.
			`).map((line) => line.replace('{comes|will come} and {asks|ask}', 'will come and ask').replace('{happens|there is}', ''))
		]
	},
	{
		share: 3,
		prompts: lines(`
			{Write|Tell me|Make} a {rhyme|little rhyme|poem}.
			{A|Another} rhyme, please.
			{Can you|Do you} rhyme?
			{Sing|Sing me} something.
		`),
		parts: [
			lines(`
				{The moon|The $animal} {came down|went out} to {fetch|borrow} a spoon, {and|but} $A {brought|gave} $food {that night|at} {to|} the moon.
				$A {had|found} a boat, and $B {had|lost} a coat, {and|so} {both of them|the two} {stayed|kept} {afloat|dry in the boat}.
				{A goose|A $colour goose} {ran|walked} {loose|out} {in|through} the lane, and $A {ran|walked} after with $food {in|through} the rain.
				The clock {lost|let go of} {a letter|its best letter} {down at the dock|beside a sock}, {and|so} $A {brought|carried} it {home|back} {in a sock|to the clock}.
				{The baker|Mr Pell} put bread {under|beside} his head, {and|so} $A ate {crumbs|$food} {instead|in bed}.
				{A light|One light} in the night, {a|and a} $colour kite, and $A {and|with} $B {out of|far out of} sight.
				The {$adj bell|bell} {had|knew} a story to tell, {and|but} $A {fell asleep|went to sleep} {by|beside} the well.
				The {cat|school cat} {sat down|slept} {in|on} $A's {new|old|best} hat, and {that|nothing more}, {they|people} say, was {that|just that}.
				{The tide|The river} came in and {went out|stood still} {with a|wearing a} grin, {and|so} $A {sold|swapped} $food for a {tin|pin}.
			`).map((line) =>
				line
					.replace('{that night|at} {to|} the moon', 'that night to the moon')
					.replace('{a letter|its best letter} {down at the dock|beside a sock}', '{a letter|its best letter} down at the dock')
					.replace('{home|back} {in a sock|to the clock}', 'back {in a sock|to the clock}')
					.replace('{stayed|kept} {afloat|dry in the boat}', 'stayed {afloat|dry in the boat}')
					.replace('{that|nothing more}, {they|people} say, was {that|just that}', 'that, {they|people} say, was that')
			),
			lines(`
				{That|This} is {all|the whole} {the|of the} rhyme, {the rest|and the rest} is {on the tab|for next time}.
				And {all|everyone} the {day|night} {after|long} {the $animal|$friend} {hummed|sang} it {$at|$how}.
				$C {clapped|sang it} {twice|again}, and {a|the} $animal {found|thought} it nice.
			`).map((line) =>
				line
					.replace('{That|This} is {all|the whole} {the|of the} rhyme', 'That is the rhyme')
					.replace('{all|everyone} the {day|night} {after|long}', 'all day long')
			)
		]
	}
]

const urn = notes.flatMap((note) => Array<Note>(note.share).fill(note))

export function note(dice: Dice): string[] {
	const cast = new Cast(dice)
	const kind = dice.pick(urn)
	const text = kind.parts.map((part) => cast.say(dice.pick(part))).join(' ')
	// After "says:" and "Dear Nora," the sentence goes on in small letters.
	return [tidy(cast.say(dice.pick(kind.prompts))), tidy(text)]
}
