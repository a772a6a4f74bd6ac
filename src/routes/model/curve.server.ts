/** @file Draws the loss curve once, at build time: the page receives a path and a few labels. */
import { line, scaleLinear } from 'd3';
import type { PocketRecord } from '#lib/engine/pocket/manifest.ts';

/** Coordinates in thousandths of the plot's width and height, from the top left. */
export type Curve = {
	training: string;
	heldOut: string;
	/** Height of guessing every token alike. */
	guessing: number;
	x: { at: number; label: string }[];
	y: { at: number; label: string }[];
	/** Where the two lines end, for their labels. */
	ends: { training: number; heldOut: number };
	/** Share of the whole fall that was over after a tenth of the tokens. */
	early: number;
	/** How much higher the loss on held-out text is at the end, in nats. */
	gap: number;
	rows: { step: string; tokens: string; training: string; heldOut: string }[];
};

const SIZE = 1000;
const ROWS = 12;

export function drawCurve({ curve, guessing, tokens }: PocketRecord): Curve {
	const x = scaleLinear([0, tokens], [0, SIZE]);
	const y = scaleLinear([0, Math.ceil(guessing)], [SIZE, 0]);
	const path = line<[number, number]>(
		([read]) => x(read),
		([, loss]) => y(loss)
	).digits(1);

	const held = curve.filter(({ heldOut }) => heldOut !== undefined);
	const last = curve[curve.length - 1];
	const lastHeld = held[held.length - 1];
	if (!last || !lastHeld) throw new Error('The record of the training has no loss curve.');

	const tenth = curve.find((point) => point.tokens >= tokens / 10) ?? last;
	const level = curve.find((point) => point.step === lastHeld.step) ?? last;

	const every = Math.max(1, Math.ceil(held.length / ROWS));
	const rows = held.filter((_, i) => i % every === 0 || i === held.length - 1);

	return {
		training: path(curve.map(({ tokens, loss }) => [tokens, loss])) ?? '',
		heldOut: path(held.map(({ tokens, heldOut }) => [tokens, heldOut!])) ?? '',
		guessing: y(guessing),
		x: x.ticks(4).map((value) => ({
			at: x(value),
			label: value === 0 ? '0' : `${(value / 1e6).toLocaleString('en')} M`
		})),
		y: y.ticks(4).map((value) => ({ at: y(value), label: String(value) })),
		ends: { training: y(last.loss), heldOut: y(lastHeld.heldOut!) },
		early: (guessing - tenth.loss) / (guessing - last.loss),
		gap: lastHeld.heldOut! - level.loss,
		rows: rows.map((row) => ({
			step: row.step.toLocaleString('en'),
			tokens: row.tokens.toLocaleString('en'),
			training: row.loss.toFixed(3),
			heldOut: row.heldOut!.toFixed(3)
		}))
	};
}
