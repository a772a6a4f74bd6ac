import { exhibits } from './exhibits.ts';

const pages = Object.keys(import.meta.glob('./*/+page.svelte'));

/** The exhibits that have a page. */
export function load() {
	return {
		there: exhibits
			.map(({ slug }) => slug)
			.filter((slug) => pages.includes(`./${slug}/+page.svelte`))
	};
}
