import type { HandleClientError } from '@sveltejs/kit';
import { navigating } from '$app/state';
import { answers, isMissingPart, reach } from '#lib/ui/reach.svelte.ts';
import { shouldReload } from '#lib/ui/reload-once.ts';

const root = document.documentElement;

// A part of the open page is missing, most likely because a newer version has been published. Where the
// site cannot be reached, loading it again would leave the reader with nothing at all. On the way to
// another page Kit goes there by a full load itself.
addEventListener('vite:preloadError', () => {
	if (!navigating.to) void mend();
});

async function mend(): Promise<void> {
	if ((await answers()) && shouldReload(location.href, () => sessionStorage)) location.reload();
	else reach.miss({ what: 'part' });
}

/** The link that was followed last: where its page cannot be fetched, it is named. */
let followed: { name: string; href: string } | undefined;

addEventListener(
	'click',
	({ target }) => {
		const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null;
		// trying again is still about the same page
		if (link?.origin !== location.origin || link.closest('[role=status]')) return;
		const name = (link.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 60);
		followed = { name: name || 'That page', href: link.href };
	},
	{ capture: true }
);

// Kit tells nobody when the way to a page cannot be fetched.
addEventListener('unhandledrejection', (event) => {
	if (!isMissingPart(event.reason)) return;
	event.preventDefault();
	if (!('hydrated' in root.dataset)) root.dataset.broken = '';
	else if (followed) reach.miss({ what: 'page', ...followed });
	else reach.miss({ what: 'part' });
});

/**
 * Where a part is missing before the page has come alive, the page stays as it was drawn, with its text and its recorded
 * runs, and says so: Kit would put an error page in its place, and waits for this answer before it does.
 */
export const handleError: HandleClientError = ({ error, message }) => {
	if (!isMissingPart(error)) console.error(error);
	if ('hydrated' in root.dataset) return { message };
	root.dataset.broken = '';
	return new Promise<never>(() => {});
};
