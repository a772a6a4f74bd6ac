/**
 * Short exercises in finding again what stands in the prompt: say it back, tell who has what. Stories
 * reward that too, but once in fifty tokens; here nearly every token can be looked up, and a small
 * model learns to look within hundreds of steps instead of never.
 */
import { Cast } from './cast.ts';
import { Dice, expand, lines, tidy } from './grammar.ts';
import { people } from './names.ts';
import { aboutBoth, aboutPerson, aboutThing } from './requests.ts';
import { lists, places } from './places.ts';
import { question } from './questions/question.ts';
import { story } from './stories/story.ts';
import { kinds, things } from './things.ts';

const names = people.map(({ name }) => name);
const nouns = things.map(({ noun }) => noun);
const adjectives = [...new Set(Object.values(kinds).flatMap((kind) => kind.adjectives))];
const animals = lists['animal'] ?? [];
const spots = places.map(({ at }) => at);

type Exercise = (dice: Dice) => [asked: string, answered: string];

let found: string[] | undefined;

/** The words of the other kinds of documents but for names, rare ones as often as common ones. */
function everyWord(): string[] {
	if (!found) {
		const dice = new Dice(4);
		const words = new Set<string>();
		for (let i = 0; i < 3_000; i++) {
			const text = dice.chance(0.6) ? story(dice) : question(dice, false);
			for (const word of (text ?? []).join(' ').match(/\b[a-z]{2,}(?:'[a-z]+)?/g) ?? [])
				words.add(word);
		}
		found = [...words];
	}
	return found;
}

const sayAgain = lines(`
	Say after me: $x
	{Say|Please say|Say it again}: $x
	{Repeat|Please repeat|Can you repeat this}: $x
	{Read|Read this} back: $x
	{Copy|Write down} this: $x
`);

/** Words in no order at all: nothing but the prompt can tell what comes next. */
const echoWords: Exercise = (dice) => {
	const pool = dice.pick([names, nouns, [...names, ...nouns], everyWord(), everyWord()]);
	const words = dice.some(pool, 3 + dice.below(13)).join(dice.chance(0.7) ? ' ' : ', ');
	return [expand(dice.pick(sayAgain), dice, () => words), words];
};

const happenings = lines(`
	$a {has|found|lost|sold|bought|wants|painted|hid|mended} {a|the} $o.
	$a {has|found|lost|wants} {a|the} $j $o.
	$a and $b {have|found|lost|carried} {a|the} $o.
	$a gave $b {a|the} $o.
	$a {is|sat|slept|waited} $p.
	$a {met|saw|thanked} $b $p.
	The $o of $a is {$j|$p}.
	{A|The} $n {took|ate|has} the $o of $a.
	The $j $o is $p.
`);

const fillerOf = (dice: Dice) => {
	const [a, b] = dice.some(names, 2) as [string, string];
	const slots: Record<string, string> = {
		a,
		b,
		o: dice.pick(nouns),
		j: dice.pick(adjectives),
		n: dice.pick(animals),
		p: dice.pick(spots)
	};
	return (slot: string) => slots[slot] as string;
};

const echoSentence: Exercise = (dice) => {
	const sentence = expand(dice.pick(happenings), dice, fillerOf(dice));
	const asked = expand(dice.pick(sayAgain), dice, () => sentence);
	return [asked, sentence];
};

/** Several people, one thing each; the question picks one of them. */
const whoHasWhat: Exercise = (dice) => {
	const count = 2 + dice.below(3);
	const who = dice.some(names, count);
	const what = dice.some(nouns, count);
	const facts = who.map((name, i) => `${name} has a ${what[i]}.`).join(' ');
	const i = dice.below(count);
	const fill = (slot: string) => (slot === 'a' ? who[i] : what[i]) as string;
	const [ask, answer] = dice.pick([
		['Who has the $o?', '{$a.|$a has the $o.|The $o is with $a.}'],
		['What does $a have?', '{A $o.|$a has a $o.|The $o.}'],
		['{And|So} who has a $o?', '$a has {a|the} $o.']
	]) as [string, string];
	return [`${facts} ${expand(ask, dice, fill)}`, expand(answer, dice, fill)];
};

const whereIsIt: Exercise = (dice) => {
	const count = 2 + dice.below(2);
	const subjects = dice.chance(0.5)
		? dice.some(nouns, count).map((noun) => `the ${noun}`)
		: dice.some(names, count);
	const at = dice.some(spots, count);
	const facts = subjects.map((one, i) => `${one} is ${at[i]}.`).join(' ');
	const i = dice.below(count);
	return [
		`${facts} Where is ${subjects[i]}?`,
		dice.chance(0.5) ? `${at[i]}.` : `${subjects[i]} is ${at[i]}.`
	];
};

/** A name or a thing alone, or both: the answer is a sentence about no other. */
const sentenceWith: Exercise = (dice) => {
	const fill = fillerOf(dice);
	const [asked, answered] = dice.pick([
		['$a, $o.', '$a {has|wants|lost|found} {a|the} $o.'],
		[
			'{A|One} sentence {with|about} $a and {a|the} $o{|, please}.',
			'$a {has|found|sold} {a|the} $o.'
		],
		['{A|One} sentence {with|about} {a|the} $o{|, please}.', 'The $o is {$j|$p}.'],
		['{A|One} sentence {with|about} $a{|, please}.', '$a is $p.'],
		[
			'{This is|Here is|Here comes} $a{| with a $o}.',
			'{Hello|Good morning|Welcome}, $a{|. Sit down|. Come in}.'
		],
		['I am $a{|, and this is $b}.', '{Hello|Good day|Welcome}, $a.'],
		['{Look, a|I found a|Do you see the} $o{.|!}', '{What a fine|I see the|A} $o{.|!}'],
		['{Say hello to|Greet} $a{| and $b}.', '{Hello|Good day}, $a.'],
		['Is $a {here|there}?', 'No, $a is $p.'],
		['{Do you have|Is there} a $o?', '{Yes, the|The} $o is $p.'],
		['$a lost the $o.', '{Poor|Then help} $a. {The|Maybe the} $o is $p.'],
		['$a or $b?', '{$a|$b}.'],
		['A $o or a $n?', 'A {$o|$n}.']
	]) as [string, string];
	return [expand(asked, dice, fill), expand(answered, dice, fill)];
};

/** Stories of two or three sentences that name what was asked for at once. */
const openings = lines(`
	$A {had|found|owned|bought|was given} {a|one} {$adj $thing|$thing}.
	{One day|$when|On $day} $A {found|lost|saw|needed|carried} {a|the} {$adj $thing|$thing} $at.
	The {$adj $thing|$thing} of $A {was gone|stood $at|was the best in town}.
	$A {wanted|looked for|dreamed of} a {$adj $thing|$thing}.
	{There was once|Once there was} a $thing, and it belonged to $A.
`);
const middles = lines(`
	{But|One day|Then} the $thing {was gone|fell into the river|would not move|$bad}.
	$B {came|stopped}, {saw|looked at} the $thing and {laughed|wondered|helped}.
	$A {took|carried|brought} the $thing {to $B|$to|home}.
	{A|The} $animal {sat on|took|hid} the $thing, and $A {waited|laughed|ran after it}.
`);
const endings = lines(`
	{In the end|At last|So} $A {kept|has|found} the $thing, and $B {had|ate|brought} $food.
	{Since then|Now} the $thing {is|stands} $at, and $A {is glad|sleeps well|tells of it}.
	$A and $B {laughed|ate $food} {about it|that evening|until dark}.
	{And that was|That is} the story of $A and the $thing.
`);
/** A story of two or three sentences has no room for a second person who was asked for. */
const asked = [...aboutBoth, ...aboutBoth, ...aboutPerson, ...aboutThing].filter(
	(line) => !line.includes('$B')
);

const tinyStory: Exercise = (dice) => {
	const cast = new Cast(dice);
	const parts = [openings, middles, endings].map((part) => cast.say(dice.pick(part)));
	if (dice.chance(0.4)) parts.splice(1, 1);
	return [cast.say(dice.pick(asked)), parts.join(' ')];
};

/** They begin the skill. */
const echoes: Exercise[] = [echoWords, echoWords, echoWords, echoSentence];

/** These turn it to use. */
const uses: Exercise[] = [
	whoHasWhat,
	whoHasWhat,
	whereIsIt,
	sentenceWith,
	sentenceWith,
	sentenceWith,
	tinyStory,
	tinyStory,
	tinyStory,
	tinyStory
];

const drawn = (urn: Exercise[]) => (dice: Dice) => {
	const [asked, answered] = dice.pick(urn)(dice);
	// An echo keeps the words as they came, small letters and all.
	return [tidy(asked), /[.!?]$/.test(answered) ? tidy(answered) : answered];
};

export const echo = drawn(echoes);
export const exercise = drawn(uses);
