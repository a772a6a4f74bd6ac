import type { Recommendation } from '#lib/engine/webllm/verdict.ts';

/** What this device can do, in two sentences. */
export function findingOf({ model, offered, hidden }: Recommendation): {
	bold: string;
	rest: string;
} {
	if (model) {
		return {
			bold: `This device can run ${model.name}.`,
			rest: 'So it seems from what the browser says; whether it does, only trying shows.'
		};
	}
	if (offered.length) {
		return {
			bold: 'A real model is not advised here.',
			rest: 'Below each of them stands why. It can still be tried.'
		};
	}
	return {
		bold: 'No real model runs here.',
		rest: hidden[0]?.verdict.reasons[0] ?? ''
	};
}
