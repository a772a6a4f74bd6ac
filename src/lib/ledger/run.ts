/** @file Names of training runs and of who made them. */
import type { TrainingRun } from './card.ts';

/** What a run is called in an address: `gpt-4-5` for GPT-4.5. No two runs have the same. */
export function keyOf(model: string): string {
	return model
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');
}

/** The makers of a run, one by one, as the table names them. */
export function makersOf({ org }: Pick<TrainingRun, 'org'>): string[] {
	return org.split(',').map((name) => name.trim());
}
