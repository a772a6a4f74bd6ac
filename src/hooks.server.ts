import type { Handle } from '@sveltejs/kit';

/**
 * Preloads what the first view needs: scripts, styles and the roman of the reading face. The italic
 * comes when a page uses it.
 */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		preload: ({ type, path }) =>
			type === 'js' || type === 'css' || (type === 'font' && path.includes('latin-wght-normal'))
	});
