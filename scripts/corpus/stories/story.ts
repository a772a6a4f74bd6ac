/** One story: a plot, a cast, and a prompt that asks for it or begins it. */
import { Cast, type Wishes } from '../cast.ts';
import { type Dice, tidy } from '../grammar.ts';
import { people } from '../names.ts';
import {
	aboutBoth,
	aboutPerson,
	aboutPlace,
	aboutSubject,
	aboutThing,
	anyStory
} from '../requests.ts';
import { thingNamed } from '../things.ts';
import type { Plot } from './shared.ts';
import { thingPlots } from './things.ts';
import { townPlots } from './town.ts';

const plots = [...thingPlots, ...townPlots];
const urn: Plot[] = plots.flatMap((plot) => Array<Plot>(plot.share).fill(plot));

const has = (text: string, word: string): boolean =>
	new RegExp(`\\b${word.replace(/[^A-Za-z ]/g, '.')}\\b`, 'i').test(text);

/** The beginning of the story as a prompt: a few words, or the whole first sentence. */
function split(story: string, dice: Dice): [string, string] | undefined {
	const first = /^.*?[.!?]"? (?=["A-Z])/.exec(story)?.[0].length ?? story.length;
	if (dice.chance(0.4) && first < 160) return [story.slice(0, first - 1), story.slice(first)];
	const spaces = [...story.slice(0, first).matchAll(/ /g)].map((match) => match.index);
	const cut = spaces[1 + dice.below(Math.min(9, spaces.length - 1))];
	if (cut === undefined) return undefined;
	return [story.slice(0, cut), story.slice(cut + 1)];
}

/** A request whose every slot really stands in the story. */
function request(story: string, plot: Plot, cast: Cast, both: boolean): string | undefined {
	const { dice } = cast;
	const forms: string[][] = [aboutBoth, aboutBoth, aboutThing, aboutPerson];
	const subjects = plot.subjects.map((subject) => cast.say(subject)).filter((s) => has(story, s));
	if (!both) {
		if (subjects.length > 0) forms.push(aboutSubject, aboutSubject);
		if (cast.has('at') && has(story, cast.get('at'))) forms.push(aboutPlace);
		if (dice.chance(0.4)) forms.push(anyStory);
	} else {
		forms.splice(2);
	}
	if (subjects.length > 0) cast.set('subject', dice.pick(subjects));
	for (let i = 0; i < 12; i++) {
		const form = dice.pick(dice.pick(forms));
		const slots = [...form.matchAll(/\$([A-Za-z]+)/g)].map((match) => match[1] as string);
		if (slots.every((slot) => slot === 'subject' || has(story, cast.get(slot)))) {
			return cast.say(form);
		}
	}
	return undefined;
}

/** Readers often type in small letters and leave the last stop out. */
export function typed(prompt: string, dice: Dice): string {
	const neat = tidy(prompt);
	if (!dice.chance(0.12)) return neat;
	return neat.replace(/^[A-Z](?=[a-z]* [a-z])/, (l) => l.toLowerCase()).replace(/[.?]$/, '');
}

/** The stories the site offers as chips, told often enough to be told well. */
function chip(dice: Dice): string[] | undefined {
	const opened = 'The moon opened the';
	const name = dice.pick(people).name;
	const [prompt, pair] = dice.pick<[string, [string, string] | undefined]>([
		['Tell me a story about the boat.', [name, 'boat']],
		['Write about Nora and the lantern.', ['Nora', 'lantern']],
		[opened, undefined]
	]);
	const plot = prompt === opened ? plots.find((one) => one.name === 'moon') : dice.pick(urn);
	if (!plot || (pair && plot.small)) return undefined;
	const text = tell(plot, new Cast(dice, pair ? { pair } : {}));
	if (!pair) return text.startsWith(opened) ? [opened, text.slice(opened.length + 1)] : undefined;
	return pair.every((word) => has(text, word)) ? [prompt, text] : undefined;
}

const tell = (plot: Plot, cast: Cast): string =>
	tidy(
		plot.beats
			.map((beat) => cast.say(cast.dice.pick(beat)))
			.filter((line) => line !== '')
			.join(' ')
	);

export function story(dice: Dice, wishes: Wishes = {}): string[] | undefined {
	if (!wishes.pair && dice.chance(0.03)) return chip(dice);
	const plot = dice.pick(urn);
	if (wishes.pair && plot.small && !thingNamed.get(wishes.pair[1])?.kind.small) return undefined;
	const cast = new Cast(dice, { ...wishes, small: plot.small === true });
	const text = tell(plot, cast);
	const pair = wishes.pair;
	if (pair && !(has(text, pair[0]) && has(text, pair[1]))) return undefined;
	if (pair || dice.chance(0.52)) {
		const asked = request(text, plot, cast, pair !== undefined);
		return asked === undefined ? undefined : [typed(asked, dice), text];
	}
	return split(text, dice);
}
