/** A page of the site, or a part of the open one: its code, when somebody wants to use it. */
export type Missing = { what: 'part' | 'late' } | { what: 'page'; name: string; href: string };

/** What of the site could not be fetched, for the one notice at the foot of the page that says so. */
class Reach {
	#missing: Missing | undefined = $state.raw();

	get missing(): Missing | undefined {
		return this.#missing;
	}

	miss(missing: Missing): void {
		this.#missing = missing;
	}

	/** It came after all, or is no longer wanted. */
	found(): void {
		this.#missing = undefined;
	}
}

/** One per browser tab, as the network is. */
export const reach = new Reach();

/** Whether something was thrown because a script or a style sheet did not arrive: each browser says it differently. */
export function isMissingPart(thrown: unknown): boolean {
	const message = thrown instanceof Error ? thrown.message : '';
	return /dynamically imported module|module script failed|Unable to preload CSS/i.test(message);
}

/** Whether the site answers at all. */
export async function answers(ask: typeof fetch = fetch): Promise<boolean> {
	if (!navigator.onLine) return false;
	try {
		const { ok } = await ask(location.href, { method: 'HEAD', cache: 'no-store' });
		return ok;
	} catch {
		return false;
	}
}
