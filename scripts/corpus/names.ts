/** The people of Quillmouth: neighbours who may meet any object, and those with an office. */
import { lines, words } from './grammar.ts';

export type Person = { name: string; she: boolean; job: string };

const women = words(`Nora Ada Mina Lotte Wren Tilda Pia Iris Suki Hanna Greta Noor Elsa Maren Zofia
	Ruth Dora Lena Ines Yara Kaya Opal Birdie Frida Amina Josie Vera Tessa Mabel Leila Petra Anouk
	Rosa Nell Ida Fern Clara Juno`);
const men = words(`Jun Otto Tom Emil Bo Karim Pim Hugo Sami Theo Milo Ravi Anton Felix Joss Abel
	Kofi Nils Ben Oskar Tariq Lars Finn Yusuf Edgar Ivan Mateo Rufus Dov Axel Janek Peter Ned Arlo
	Omar Wim Cas Leo`);

/** Everybody keeps one trade for life, so that the town is the same in every story. */
const trades = lines(`
	net mender
	weaver
	milk carrier
	painter
	beekeeper
	rope maker
	potter
	shoemaker
	gardener
	fisher
	hat maker
	cook
	sweeper
	fiddler
	tailor
	window cleaner
	shepherd
	apple picker
	sign painter
	carter
	cheese maker
	pupil
	bell ringer
	basket maker
	candle maker
	pupil
	sail maker
	goose keeper
	kite maker
	clerk
`);

const person = (she: boolean) => (name: string, index: number) => ({
	name,
	she,
	job: trades[(index * 7 + (she ? 0 : 3)) % trades.length] as string
});

export const people: Person[] = [...women.map(person(true)), ...men.map(person(false))];
export const personNamed = new Map(people.map((one) => [one.name, one]));

/** Those with an office: they may stand beside every object, so no pair of theirs is held out. */
export const officers: { name: string; she: boolean; office: string; does: string }[] = [
	{ name: 'Mr Pell', she: false, office: 'baker', does: 'bakes the bread and keeps the tab book' },
	{ name: 'Miss Fenn', she: true, office: 'teacher', does: 'teaches everything from A to tides' },
	{ name: 'Marta', she: true, office: 'ferrywoman', does: 'takes the ferry over the river' },
	{ name: 'Mr Voss', she: false, office: 'lighthouse keeper', does: 'keeps the light on the rock' },
	{
		name: 'Mrs Tamm',
		she: true,
		office: 'clock mender',
		does: 'puts the letters back on the clock'
	},
	{ name: 'Ivo', she: false, office: 'boat builder', does: 'builds boats and mends what floats' },
	{ name: 'Mr Lund', she: false, office: 'postman', does: 'carries letters and much of the news' },
	{ name: 'Mrs Quist', she: true, office: 'button seller', does: 'sells buttons, one at a time' },
	{ name: 'Mr Amos', she: false, office: 'librarian', does: 'minds the books and whispers' },
	{ name: 'Dr Sand', she: true, office: 'doctor', does: 'looks at throats and prescribes soup' }
];
