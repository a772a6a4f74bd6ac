/**
 * Keeps a page alive while a browser's translator has it. Translators put elements of their own
 * (`<font>`) in the place of text. Svelte goes on writing into the text it made, which nobody sees any
 * more: a count stands still, a button keeps its name.
 *
 * Here that text goes back beside its translation, empty. When it gets new words, or is taken away,
 * its translation goes; when the translator takes back the translation, its words come back.
 *
 * @returns how to stop
 */
export function keepTranslated(root: Element): () => void {
	const translations = new WeakMap<Node, Element>();
	const originals = new WeakMap<Node, { text: Text; words: string }>();
	const observer = new MutationObserver((records) => {
		records.forEach(see);
		observer.takeRecords(); // our own doing
	});
	observer.observe(root, { childList: true, subtree: true });

	function see(record: MutationRecord): void {
		const { type, target, addedNodes, removedNodes, previousSibling, nextSibling } = record;
		if (type === 'characterData') {
			if ((target as Text).data) forget(target);
			return;
		}
		for (const node of removedNodes) {
			if (node.nodeType === Node.ELEMENT_NODE) {
				const original = originals.get(node);
				if (original && !original.text.data) original.text.data = original.words;
				continue;
			}
			if (!(node instanceof Text)) continue;
			if (translations.has(node)) {
				if (!node.isConnected) forget(node);
				continue;
			}
			const translation = [...addedNodes, previousSibling, nextSibling].find(
				(one) => one?.nodeName === 'FONT' && one.parentNode === target && !originals.has(one)
			) as Element | undefined;
			if (translation && node.data && !node.isConnected) pair(node, translation);
		}
	}

	function pair(text: Text, translation: Element): void {
		translations.set(text, translation);
		originals.set(translation, { text, words: text.data });
		text.data = '';
		translation.after(text);
		observer.observe(root, { childList: true, subtree: true, characterData: true });
	}

	function forget(text: Node): void {
		const translation = translations.get(text);
		if (!translation) return;
		translations.delete(text);
		originals.delete(translation);
		translation.remove();
	}

	return () => observer.disconnect();
}
