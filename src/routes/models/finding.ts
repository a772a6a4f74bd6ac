import type { Recommendation } from '#lib/engine/webllm/verdict.ts';

/** A reason that stands against every model alike: said once is enough. */
export function sharedReason({ offered }: Recommendation): string | undefined {
	const [reason] = offered[0]?.verdict.reasons ?? [];
	const shared = offered.every(({ verdict }) => verdict.reasons.includes(reason));
	return offered.length > 1 && shared ? reason : undefined;
}

/** What this device can do, in two sentences. */
export function findingOf(advice: Recommendation): { bold: string; rest: string } {
	const { model, offered, hidden } = advice;
	if (model) {
		return {
			bold: `This device can run ${model.name}.`,
			rest: 'So it seems from what the browser says; whether it does, only trying shows.'
		};
	}
	if (offered.length) {
		return {
			bold: 'A real model is not advised here.',
			rest: `${sharedReason(advice) ?? 'Below each of them stands why.'} It can still be tried.`
		};
	}
	return {
		bold: 'No real model runs here.',
		rest: hidden[0]?.verdict.reasons[0] ?? ''
	};
}
