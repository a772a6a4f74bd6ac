import type { View } from './view.ts';

/** Rows besides those of the pictures. */
const ROWS = 10;

export type Row = {
	step: number;
	training: number | undefined;
	held: number | undefined;
	/** What a picture says, where there is one. */
	text: string | undefined;
};

/** The picture in rows: every picture, and some of the losses between. */
export function rowsOf({ recipe, spent, losses, held, pictures }: View): Row[] {
	const every = recipe.steps / ROWS;
	let due = every;
	const between = held.filter(({ step }) => {
		if (step < due) return false;
		while (due <= step) due += every;
		return true;
	});
	const steps = [...pictures, ...between, { step: spent.steps }].map(({ step }) => step);
	return [...new Set(steps)]
		.sort((a, b) => a - b)
		.map((step) => ({
			step,
			training: step === 0 ? undefined : losses.near(step),
			held: held.find((one) => one.step === step)?.loss,
			text: pictures.find((one) => one.step === step)?.text
		}));
}
