import { render } from 'svelte/server';
import type { Draw, Module } from './until-touched.ts';

/** What draws an exhibit as HTML. For the server alone: the browser has no use for it. */
export async function drawer<Props extends Record<string, unknown>>(
	load: () => Promise<Module<Props>>
): Promise<Draw<Props>> {
	const { default: exhibit } = await load();
	return (props, context, idPrefix) => render(exhibit, { props, context, idPrefix }).body;
}
