/**
 * @file The few facts of the pocket model's training that pages show beside a run. Named imports, so
 * that the loss curve, samples and scores of the record stay out of a page's JavaScript.
 */
import { name, parameters, config, sha256, version } from './manifest.json';
import { date, generation, operations, seconds, tokens, wattHours } from './record.json';
import type { Config } from '#lib/tiny/gpt.ts';
import type { PocketRecord } from './manifest.ts';

export const pocket: {
	name: string;
	version: string;
	parameters: number;
	sha256: string;
	config: Config;
	training: Pick<
		PocketRecord,
		'date' | 'tokens' | 'operations' | 'seconds' | 'generation' | 'wattHours'
	>;
} = {
	name,
	version,
	parameters,
	sha256,
	config,
	training: { date, tokens, operations, seconds, generation, wattHours }
};
