import { Preference } from './preference.svelte.ts';

/** One per browser: which colours, and how big. */
export const theme = new Preference('theme', ['system', 'light', 'dark']);
export const size = new Preference('size', ['reading', 'projector']);

/** `--paper` of the two themes, for the browser's own frame around the page. */
export const grounds = { light: '#fcfaf6', dark: '#161310' };
