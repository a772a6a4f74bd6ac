import type { FromWorker, ToWorker } from '../protocol.ts';

/** What a page sees of a worker, moved by a test instead of a program. */
export class ScriptedWorker {
	onmessage: ((event: { data: FromWorker }) => void) | null = null;
	onmessageerror: (() => void) | null = null;
	onerror: ((event: Event & { message: string }) => void) | null = null;

	readonly received: ToWorker[] = [];
	terminated = false;
	answersPings = true;

	constructor(readonly react: (message: ToWorker) => void = () => {}) {}

	postMessage(message: ToWorker): void {
		this.received.push(structuredClone(message));
		this.react(message);
	}

	terminate(): void {
		this.terminated = true;
	}

	/** Has the worker send a message. */
	say(data: FromWorker): void {
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
