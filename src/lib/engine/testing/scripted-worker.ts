/** What a page sees of a worker, moved by a test instead of a program. */
export class ScriptedWorker<To, From> {
	onmessage: ((event: { data: From }) => void) | null = null;
	onmessageerror: (() => void) | null = null;
	onerror: ((event: Event & { message: string }) => void) | null = null;

	readonly received: To[] = [];
	terminated = false;
	answersPings = true;

	constructor(readonly react: (message: To) => void = () => {}) {}

	postMessage(message: To): void {
		this.received.push(structuredClone(message));
		this.react(message);
	}

	terminate(): void {
		this.terminated = true;
	}

	/** Has the worker send a message. */
	say(data: From): void {
		this.onmessage?.({ data: structuredClone(data) });
	}

	/** Has the worker fire `error`. */
	fail(message: string): Event {
		const event = Object.assign(new Event('error', { cancelable: true }), { message });
		this.onerror?.(event);
		return event;
	}

	asWorker(): Worker {
		return this as unknown as Worker;
	}
}
