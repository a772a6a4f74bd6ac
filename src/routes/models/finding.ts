import type { Recommendation } from '#lib/engine/webllm/verdict.ts';

/** A reason that stands against every model alike: said once is enough. */
function sharedReason({ offered }: Recommendation): string | undefined {
	const [reason] = offered[0]?.verdict.reasons ?? [];
	const shared = offered.every(({ verdict }) => verdict.reasons.includes(reason));
	return offered.length > 1 && shared ? reason : undefined;
}

/** What this device can do, in two sentences; `shared`: the reason among them that stands against every model alike. */
export function findingOf(advice: Recommendation): {
	bold: string;
	rest: string;
	shared?: string | undefined;
} {
	const { model, offered, hidden } = advice;
	if (model) {
		return {
			bold: `This device can run ${model.name}.`,
			rest: 'So it seems from what the browser says; whether it does, only trying shows.'
		};
	}
	if (offered.length) {
		const shared = sharedReason(advice);
		return {
			bold: 'A real model is not advised here.',
			rest: `${shared ?? 'Below each of them stands why.'} It can still be tried.`,
			shared
		};
	}
	return {
		bold: 'No real model runs here.',
		rest: hidden[0]?.verdict.reasons[0] ?? ''
	};
}
