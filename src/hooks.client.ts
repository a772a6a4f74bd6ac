/**
 * After a new version has been published a page that is still open may ask for a part that is gone.
 * Loading the page again gets the new version. Once only: when the part is missing there too, the
 * error stands. Without storage to remember by, nothing is loaded again.
 */
addEventListener('vite:preloadError', (event) => {
	const key = 'running-tab.reloaded';

	try {
		if (sessionStorage.getItem(key) === location.href) return;
		sessionStorage.setItem(key, location.href);
	} catch {
		return;
	}

	event.preventDefault();
	location.reload();
});
