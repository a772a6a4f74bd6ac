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
