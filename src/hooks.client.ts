import type { HandleClientError } from '@sveltejs/kit';
import { navigating } from '$app/state';
import { shouldReload } from '#lib/ui/reload-once.ts';

// A part of the open page is missing, most likely because a newer version has been published. On the
// way to another page Kit goes there by a full load itself.
addEventListener('vite:preloadError', () => {
	if (!navigating.to && shouldReload(location.href, () => sessionStorage)) location.reload();
});

/**
 * Where a part is missing before the page has come alive, the page stays as it was drawn, with its text and its recorded
 * runs: Kit would put an error page in its place, and waits for this answer before it does.
 */
export const handleError: HandleClientError = ({ error, message }) => {
	console.error(error);
	if (!('hydrated' in document.documentElement.dataset)) return new Promise<never>(() => {});
	return { message };
};
