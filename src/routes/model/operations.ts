/** @file The sum of operations that were counted in training, beside the rule of thumb 6·N·D. */
import type { PocketRecord } from '#lib/engine/pocket/manifest.ts';

/**
 * From the rule to the count: `rule` and `attention` add up to `counted` exactly.
 *
 * The rule takes 6 operations per parameter and token: a multiplication and an addition forwards, and
 * twice that backwards. It leaves out attention, whose products have no parameters at all.
 */
export function account({
	parameters,
	tokens,
	operations,
	operationsByPart
}: Pick<PocketRecord, 'parameters' | 'tokens' | 'operations' | 'operationsByPart'>) {
	const rule = 6 * parameters * tokens;
	const { attention } = operationsByPart;

	if (rule + attention !== operations) {
		throw new Error(
			`The operations of the record do not add up: ${rule} and ${attention} are not ${operations}.`
		);
	}

	return { rule, attention, counted: operations, more: attention / rule };
}
