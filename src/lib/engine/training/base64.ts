/** Bytes as text that JSON can hold. Browsers are only beginning to do it themselves. */
export function base64Of(bytes: Uint8Array): string {
	let text = '';
	// an argument each: in parts, as a call takes only so many
	for (let at = 0; at < bytes.length; at += 8192) {
		text += String.fromCharCode(...bytes.subarray(at, at + 8192));
	}
	return btoa(text);
}

/** @returns undefined when the text is no base64 */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
	let text: string;
	try {
		text = atob(base64);
	} catch {
		return undefined;
	}
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
	return bytes;
}
