import { fileWords } from '#lib/ui/download.ts';

type Named = { name: string; date: string };

/** "running-tab-model-bright-owl-2026-11-26.json" */
export const fileName = (model: Named): string => named('running-tab-model', model);

/** "running-tab-training-bright-owl-2026-11-26.json" */
export const recordName = (record: Named): string => named('running-tab-training', record);

function named(what: string, { name, date }: Named): string {
	const words = fileWords(name).join('-').slice(0, 40);
	return [what, words, date.slice(0, 10)].filter(Boolean).join('-') + '.json';
}
