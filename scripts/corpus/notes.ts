/** Letters, notices, slips, sayings, views from windows, and a rhyme or two. */
import { Cast } from './cast.ts';
import { lines, tidy, type Dice } from './grammar.ts';

type Note = { prompts: string[]; parts: string[][]; share: number };

const notes: Note[] = [
	{
		share: 5,
		prompts: lines(`
			{Write|Please write} a {letter|short letter} from $A to $B.
			What did $A write to $B?
			{A|I need a} letter from $A to $B{|, please}.
		`),
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
				$weather, and I {need|miss} my $thing. Did you leave it $at?
				the $thing is ready. {Come|Fetch it} {on $day|before $officer does}.
			`),
			lines(`
				{I send|Here is} $food {with|by} {the postman|the ferry}.
				$C {says|thinks} {hello|you owe the bakery for $food}.
				{Bring|Please bring} $bit and $food.
				The $animal {asks|looks} for you {every $day|$at2}.
				{I pay|It goes on the tab} {with|under} $food.
			`),
			lines(`
				{Yours|Your friend}, $A.
				{With love|Many greetings}, $A.
				{See you $at2|Until $day}. $A.
			`)
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
				{Lost|Found|Missing}: one $adj $thing, last seen $at, smelling of $food.
				{Wanted|Needed}: a $adj $thing, for $A, who {pays|offers} $food.
				{To give away|For sale}: a $adj $thing, with $bit, from $A the $Ajob.
				{Closed|Open} on $day, {because|since} $weather.
			`),
			lines(`
				{Please|Kindly} do not feed the $animal. It {has had|already ate} $food.
				{Ask for|See} $B {at|near} $place2. {Knock|Ring} $number times.
				{Tabs|All tabs} may be paid with $food, {songs|sweeping} or $bit.
				{Whoever|Anyone who} {finds|sees} {the letter|a letter} $letter, {bring|please bring} it to Mrs Tamm.
			`),
			lines(`
				Signed, {$A|$officer}.
				{Thank you|With thanks}. {$officer|$A}.
				{No|Please, no} geese. {$officer|$B}.
			`)
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
			Tell me a saying{| from Quillmouth}.
			What do people {say|think} {in Quillmouth|there}?
			{Give me|I need} some advice.
		`),
		parts: [
			lines(`
				{In Quillmouth they say|Mr Pell says|Marta says|Mrs Tamm says|Miss Fenn says}:
				There is a saying {$at|by the river}:
				$A the $Ajob {says|used to say}:
			`),
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
				Only the $animal knows better.
				$B {nods|says the same}, and {goes on with|eats} $food.
				{That|It} is true most days, {except|but not} on $day.
			`)
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
				{From|Out of} the window of $A you see $place and a $adj $thing {beside|under} a $colour {roof|tree}.
				$A sees a $animal $at, {and|then} $friend with $food.
				{First|Near the window} there is a $adj $thing, {then|behind it} $place, {then|far off} $place2.
			`),
			lines(`
				$B {walks|hurries} by with {a $thing2|$food} and {waves|sings|looks up}.
				{Behind|Over} $place3 a $colour {light|flag|kite} moves {slowly|in the wind|up and down}, and $B {counts|watches} it.
				{Far out|Far away} a boat {waits|turns}, painted $colour, {with|and in it} $C and $food.
			`),
			lines(`
				{Nothing else|That is all} , and it is {enough|plenty}.
				The clock has lost {a|its} $letter again.
				{Soon|Later} the moon will come and ask for $food.
			`)
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
				{The moon|The $animal} {came down|went out} to {fetch|borrow} a spoon, {and|but} $A {brought|gave} $food that night to the moon.
				$A {had|found} a boat, and $B {had|lost} a coat, {and|so} {both of them|the two} stayed {afloat|dry in the boat}.
				{A goose|A $colour goose} {ran|walked} {loose|out} {in|through} the lane, and $A {ran|walked} after with $food {in|through} the rain.
				The clock {lost|let go of} {a letter|its best letter} down at the dock, {and|so} $A {brought|carried} it back {in a sock|to the clock}.
				{The baker|Mr Pell} put bread {under|beside} his head, {and|so} $A ate {crumbs|$food} {instead|in bed}.
				{A light|One light} in the night, {a|and a} $colour kite, and $A {and|with} $B {out of|far out of} sight.
				The {$adj bell|bell} {had|knew} a story to tell, {and|but} $A {fell asleep|went to sleep} {by|beside} the well.
				The {cat|school cat} {sat down|slept} {in|on} $A's {new|old|best} hat, and that, {they|people} say, was that.
				{The tide|The river} came in and {went out|stood still} {with a|wearing a} grin, {and|so} $A {sold|swapped} $food for a {tin|pin}.
			`),
			lines(`
				That is the rhyme, {the rest|and the rest} is {on the tab|for next time}.
				And all day long {the $animal|$friend} {hummed|sang} it {$at|$how}.
				$C {clapped|sang it} {twice|again}, and {a|the} $animal {found|thought} it nice.
			`)
		]
	}
];

const urn = notes.flatMap((note) => Array<Note>(note.share).fill(note));

export function note(dice: Dice): string[] {
	const cast = new Cast(dice);
	const kind = dice.pick(urn);
	const text = kind.parts.map((part) => cast.say(dice.pick(part))).join(' ');
	// After "says:" and "Dear Nora," the sentence goes on in small letters.
	return [tidy(cast.say(dice.pick(kind.prompts))), tidy(text)];
}
