/** The words of a text that can stand in the name of a file, on any system. */
export function fileWords(text: string): string[] {
	return (
		text
			.normalize('NFKD')
			.toLowerCase()
			.match(/[a-z0-9]+/g) ?? []
	);
}

/** Has the browser save `content` under `name`. */
export function download(name: string, content: Blob): void {
	const address = URL.createObjectURL(content);
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	// after the browser has taken it up
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
