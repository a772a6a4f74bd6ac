import { navigating } from '$app/state';
import { shouldReload } from '#lib/ui/reload-once.ts';

// A part of the open page is missing, most likely because a newer version has been published. On the
// way to another page Kit goes there by a full load itself.
addEventListener('vite:preloadError', () => {
	if (!navigating.to && shouldReload(location.href, () => sessionStorage)) location.reload();
});
