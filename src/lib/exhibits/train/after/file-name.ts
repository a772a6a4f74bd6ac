import { fileWords } from '#lib/ui/download.ts';

/** "running-tab-model-bright-owl-2026-11-26.json" */
export function fileName({ name, date }: { name: string; date: string }): string {
	const words = fileWords(name).join('-').slice(0, 40);
	return ['running-tab-model', words, date.slice(0, 10)].filter(Boolean).join('-') + '.json';
}
