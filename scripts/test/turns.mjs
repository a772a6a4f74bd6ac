/** @file Several that speak at once, heard one after the other. */

/**
 * The first is heard as it speaks. What the next ones say meanwhile is kept until those before have ended.
 *
 * @param {number} count
 * @param {(text: string | Buffer) => void} tell
 * @returns {{ say: (text: string | Buffer) => void, end: () => void }[]} one for each, in the order in which they are heard
 */
export function inTurn(count, tell) {
	let turn = 0;
	const voices = Array.from({ length: count }, () => ({
		/** @type {(string | Buffer)[]} */
		kept: [],
		ended: false
	}));
	const hear = () => {
		for (; turn < count; turn++) {
			const { kept, ended } = voices[turn];
			for (const text of kept.splice(0)) tell(text);
			if (!ended) break;
		}
	};
	return voices.map((voice) => ({
		say: (text) => {
			voice.kept.push(text);
			hear();
		},
		end: () => {
			voice.ended = true;
			hear();
		}
	}));
}
