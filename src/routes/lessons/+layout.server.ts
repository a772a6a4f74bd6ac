import { lessonAt } from '#lib/learn/catalogue.server.ts';

/** The lesson that the address names, and its neighbours. Titles only; the body is the page's own. */
export function load({ route }) {
	return lessonAt(route.id?.split('/')[2] ?? '');
}
