import { Preference } from './preference.svelte.ts';

/** One per browser: which colours, and how big. */
export const theme = new Preference('theme', ['system', 'light', 'dark']);
export const size = new Preference('size', ['reading', 'projector']);
