/** Something wrong in a file of the repository, said so that one can go there and mend it. */
export type Fault = { file: string; line: number; message: string };

/** Stops a build. Its message has one `file:line: what is wrong` a line. */
export class LedgerError extends Error {
	readonly faults: Fault[];

	constructor(faults: Fault[]) {
		super(faults.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'));
		this.name = 'LedgerError';
		this.faults = faults;
	}
}
