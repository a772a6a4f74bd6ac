/** "running-tab-model-bright-owl-2026-11-26.json" */
export function fileName({ name, date }: { name: string; date: string }): string {
	const words = name
		.normalize('NFKD')
		.toLowerCase()
		.match(/[a-z0-9]+/g)
		?.join('-')
		.slice(0, 40);
	return ['running-tab-model', words, date.slice(0, 10)].filter(Boolean).join('-') + '.json';
}
