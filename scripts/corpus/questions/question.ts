/** One question and its answer. */
import { Cast } from '../cast.ts';
import { type Dice, hash, tidy } from '../grammar.ts';
import { billFacts } from './bills.ts';
import type { Fact } from './fact.ts';
import { selfFacts } from './self.ts';
import { peopleFacts, townFacts } from './town.ts';
import { tokenFacts } from './tokens.ts';
import { trainingFacts } from './training.ts';

export const plainFacts = [...tokenFacts, ...trainingFacts, ...billFacts, ...selfFacts];
const urn = (list: Fact[]): Fact[] => list.flatMap((fact) => Array<Fact>(fact.share).fill(fact));
const plain = urn(plainFacts);
const town = urn(townFacts);
const persons = urn(peopleFacts);

/** Questions the site offers as chips must be trained, whatever the rule says. */
export const chips = new Map([
	['Tell me what a token is.', 'token'],
	['What does the clock do at night?', 'clock'],
	['Are you learning from me?', 'learning'],
	['Who is the baker?', 'baker'],
	['What did training cost?', 'trainingcost'],
	['Why does output cost more?', 'output'],
	['How do you write an answer?', 'answer']
]);

/** About one in twelve wordings of a question is kept out of training. */
export function isHeldOutQuestion(question: string): boolean {
	if (chips.has(question)) return false;
	return hash(question.toLowerCase().replace(/[^a-z ]/g, '')) % 100 < 8;
}

const openings = [
	'Please tell me: ',
	'I have a question. ',
	'One question: ',
	'Hello. ',
	'My teacher asks: ',
	'Quick question: ',
	'A friend wants to know: ',
	'In plain words: ',
	'In short: ',
	'Sorry, but ',
	'Just curious: ',
	'So, ',
	'Hi! ',
	'I always wondered: ',
	'My little sister asks: ',
	'For school: '
];

function ask(fact: Fact, cast: Cast): string {
	const { dice } = cast;
	const question = cast.say(dice.pick(fact.questions));
	// A greeting needs no opening: "In short: Hello?" is what nobody says.
	if (!/^[^H].*\?$/.test(question.replace(/^(Good|Hi|Hey)/, 'H')) || !dice.chance(0.3))
		return tidy(question);
	const opening = dice.pick(openings);
	if (opening.endsWith(', ') || opening.endsWith('but ')) {
		return tidy(opening + (question[0] as string).toLowerCase() + question.slice(1));
	}
	return tidy(opening + question);
}

export function answer(fact: Fact, cast: Cast): string {
	const { dice } = cast;
	const core = cast.say(dice.pick(fact.core));
	const count = dice.pick([1, 1, 2, 2, 2, 3]);
	const more = dice.some(fact.more, count).map((clause) => cast.say(clause));
	return tidy([core, ...more].join(' '));
}

export function pickFact(dice: Dice): Fact {
	const share = dice.next();
	return dice.pick(share < 0.7 ? plain : share < 0.88 ? town : persons);
}

/** With `heldOut` only the wordings that training never sees, otherwise only the others. */
export function question(
	dice: Dice,
	heldOut: boolean,
	fact = pickFact(dice)
): string[] | undefined {
	const cast = new Cast(dice);
	if (!heldOut && dice.chance(0.03)) {
		const [chip, id] = dice.pick([...chips]);
		const about = [...plainFacts, ...townFacts].find((one) => one.id === id) as Fact;
		return [chip, answer(about, cast)];
	}
	const asked = ask(fact, cast);
	if (isHeldOutQuestion(asked) !== heldOut) return undefined;
	let typed = asked;
	if (!chips.has(asked) && dice.chance(0.12)) {
		typed = asked.replace(/^[A-Z](?=[a-z]* )/, (l) => l.toLowerCase()).replace(/[.?!]$/, '');
	}
	return [typed, answer(fact, cast)];
}
