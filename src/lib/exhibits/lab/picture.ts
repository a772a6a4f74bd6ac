/** @file A run as a picture to show around: its text, its counts, what it would cost. */
import type { RunRecord } from '#lib/events.ts';
import { dollars, type Money } from '#lib/meter/money.ts';
import { modelName } from '../run/origin.ts';
import { visible } from '../run/plain.ts';
import { count, day, many } from '../words.ts';

export const WIDTH = 1200;
export const HEIGHT = 630;

export type Pictured = {
	record: RunRecord;
	/** The texts of the prompt's tokens, where they are known. */
	cuts: readonly string[] | undefined;
	/** The price card, and what the run would cost at it. */
	card: string;
	amount: Money;
};

const EDGE = 64;
const LINE = 44;
const TOP = 176;
const LINES = 6;

type Colour = 'paper' | 'panel' | 'ink' | 'ink-soft' | 'edge' | 'in' | 'out';

/** @param element where the theme's colours and fonts are read */
export async function pictureOf(pictured: Pictured, element: Element): Promise<Blob> {
	await document.fonts.ready;
	const canvas = document.createElement('canvas');
	canvas.width = WIDTH;
	canvas.height = HEIGHT;
	draw(canvas.getContext('2d')!, pictured, themeOf(element));
	return await new Promise((resolve, reject) =>
		canvas.toBlob(
			(blob) => (blob ? resolve(blob) : reject(new Error('no picture came'))),
			'image/png'
		)
	);
}

type Theme = { colour: (name: Colour) => string; serif: string; mono: string };

/** The tokens of the look are written with light-dark(): only a property that uses one tells its colour. */
function themeOf(element: Element): Theme {
	const probe = document.createElement('span');
	element.append(probe);
	const style = getComputedStyle(probe);
	const families = (name: string) => style.getPropertyValue(name);
	const found = new Map<Colour, string>();
	const names: Colour[] = ['paper', 'panel', 'ink', 'ink-soft', 'edge', 'in', 'out'];
	for (const name of names) {
		probe.style.color = `var(--${name})`;
		found.set(name, style.color);
	}
	const [serif, mono] = [families('--serif'), families('--mono')];
	probe.remove();
	return { colour: (name) => found.get(name)!, serif, mono };
}

function draw(
	to: CanvasRenderingContext2D,
	{ record, cuts, card, amount }: Pictured,
	theme: Theme
) {
	const { colour, serif, mono } = theme;
	const { request, usage, model, tokens, date } = record;
	const text = (words: string, x: number, y: number, font: string, name: Colour) => {
		to.font = font;
		to.fillStyle = colour(name);
		to.fillText(words, x, y);
	};
	to.fillStyle = colour('paper');
	to.fillRect(0, 0, WIDTH, HEIGHT);
	to.textBaseline = 'alphabetic';

	text(modelName(record), EDGE, 84, `600 40px ${serif}`, 'ink');
	text(
		`${many(model.parameters)} weights, ${day(date)}`,
		EDGE,
		124,
		`400 22px ${mono}`,
		'ink-soft'
	);
	to.textAlign = 'right';
	text('Running Tab', WIDTH - EDGE, 84, `600 28px ${serif}`, 'ink');
	to.textAlign = 'left';

	const prompt = cuts?.length ? cuts : request.messages.map(({ content }) => content);
	const pieces: Piece[] = [
		...prompt.map((one) => ({ text: visible(one), colour: 'in' as const })),
		...tokens.map((one) => ({
			text: one.special ? '■' : visible(one.text),
			colour: 'out' as const
		}))
	];
	to.font = `400 26px ${mono}`;
	stream(to, pieces, colour);

	to.fillStyle = colour('edge');
	to.fillRect(EDGE, 470, WIDTH - 2 * EDGE, 2);
	const numbers = `600 44px ${mono}`;
	const words = `400 22px ${serif}`;
	text(count(usage.promptTokens), EDGE, 530, numbers, 'in');
	text('tokens sent', EDGE, 562, words, 'ink-soft');
	text(count(usage.outputTokens), EDGE + 220, 530, numbers, 'out');
	text('tokens came back', EDGE + 220, 562, words, 'ink-soft');
	text(dollars(amount), EDGE + 480, 530, numbers, 'ink');
	text(`would cost, at ${card}`, EDGE + 480, 562, words, 'ink-soft');
	const { seed, temperature, topK } = request;
	const draw = `seed ${seed}, temperature ${temperature}${topK ? `, top-k ${topK}` : ''}`;
	text(draw, EDGE, 604, `400 20px ${mono}`, 'ink-soft');
}

type Piece = { text: string; colour: 'in' | 'out' };

/** Tokens in lines, each with its own underline; words stay whole, and dots tell that there is more. */
function stream(to: CanvasRenderingContext2D, pieces: Piece[], colour: Theme['colour']): void {
	const right = WIDTH - EDGE;
	const dots = to.measureText(' …').width;
	let x = EDGE;
	let line = 0;
	for (const word of wordsOf(pieces)) {
		const width = to.measureText(word.map(({ text }) => text).join('')).width;
		const last = line === LINES - 1;
		if (x > EDGE && x + width > (last ? right - dots : right)) {
			if (last) {
				to.fillStyle = colour('ink-soft');
				to.fillText(' …', x, TOP + 24 + line * LINE);
				return;
			}
			line++;
			x = EDGE;
		}
		for (const { text, colour: name } of word) {
			const shown = x === EDGE ? text.trimStart() : text;
			const most = right - x;
			const wide = Math.min(to.measureText(shown).width, most);
			const y = TOP + 24 + line * LINE;
			if (!shown || most < 1) continue;
			to.fillStyle = colour(name);
			to.fillText(shown, x, y, most);
			to.fillRect(x, y + 8, Math.max(1, wide - 3), 3);
			x += wide;
		}
	}
}

/** Tokens that may not be parted: up to the next one that begins with a space. */
function wordsOf(pieces: Piece[]): Piece[][] {
	const words: Piece[][] = [];
	let speaker: Piece['colour'] | undefined;
	for (const { text, colour } of pieces) {
		const piece = { text: text.replace(/\n/g, ''), colour };
		if (!words.length || /^\s/.test(text) || colour !== speaker) words.push([piece]);
		else words[words.length - 1].push(piece);
		speaker = colour;
	}
	return words;
}
