/** @file A web server that serves a model's files, and misbehaves as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What it does to one answer. Without any of it, the answer is as it should be. */
export type Fault = {
	/** Answers with this, and no file. */
	status?: number;
	headers?: Record<string, string>;
	/** Sent in the file's place. */
	body?: Uint8Array | string;
	/** Breaks the connection after so many bytes of the body. */
	cutAfter?: number;
	/** Sends nothing more after so many bytes; -1: not even the head. */
	hangAfter?: number;
	/** As if it knew no ranges. */
	noRange?: boolean;
	/** Changes the head of a part. */
	contentRange?: string;
};

export type Asked = { path: string; offset: number; nth: number; request: IncomingMessage };

export class FaultyServer {
	/** Bytes of bodies sent. */
	served = 0;
	readonly asked: { path: string; offset: number }[] = [];
	fault: (asked: Asked) => Fault | undefined = () => undefined;
	url = '';
	readonly #server = createServer((request, response) => this.#answer(request, response));

	constructor(private readonly files: ReadonlyMap<string, Uint8Array>) {}

	async start(): Promise<this> {
		await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
		return this;
	}

	async stop(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	/** How often a path was asked for. */
	times(path: string): number {
		return this.asked.filter((one) => one.path === path).length;
	}

	#answer(request: IncomingMessage, response: ServerResponse): void {
		const path = request.method === 'OPTIONS' ? `OPTIONS ${request.url}` : (request.url ?? '');
		// any page may read it, but no head beyond those that every page may: as a plain mirror does it
		response.setHeader('access-control-allow-origin', '*');
		const offset = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
		this.asked.push({ path, offset });
		const fault = this.fault({ path, offset, nth: this.times(path), request }) ?? {};
		const file = fault.body ?? this.files.get(path);
		if (fault.hangAfter === -1) return;
		if (fault.status || !file) {
			const body = fault.body ?? 'no such file';
			this.served += body.length;
			response.writeHead(fault.status ?? 404, { 'content-type': 'text/plain', ...fault.headers });
			response.end(body);
			return;
		}

		const bytes = Buffer.from(file);
		const part = request.headers.range !== undefined && !fault.noRange;
		if (part && offset >= bytes.length) {
			response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
			return;
		}
		const rest = part ? bytes.subarray(offset) : bytes;
		response.writeHead(part ? 206 : 200, {
			'content-type': 'application/octet-stream',
			'content-length': rest.length,
			...(part
				? {
						'content-range':
							fault.contentRange ?? `bytes ${offset}-${bytes.length - 1}/${bytes.length}`
					}
				: {}),
			...fault.headers
		});
		const end = fault.cutAfter ?? fault.hangAfter;
		const sent = end === undefined ? rest : rest.subarray(0, end);
		this.served += sent.length;
		if (end === undefined) response.end(sent);
		else if (fault.cutAfter === undefined) response.write(sent);
		// everything that was sent arrives, and then nothing
		else response.write(sent, () => setTimeout(() => response.socket?.end(), 5));
	}
}
