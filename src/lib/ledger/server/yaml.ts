import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { Field, Rule, Shape } from './schema.ts';

export type Values = { [key: string]: unknown };
/** A checked map: its values, and the line of each of its fields (`source.url` for nested ones). */
export type Checked = { values: Values; line: number; lines: Map<string, number> };

/** Reads one YAML file so that everything wrong in it can be said with its line. */
export class YamlFile {
	readonly root: unknown;
	#lines = new LineCounter();
	#fault: (line: number, message: string) => void;

	constructor(text: string, fault: (line: number, message: string) => void) {
		this.#fault = fault;
		const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
		for (const { pos, message } of [...document.errors, ...document.warnings]) {
			fault(this.#lineAt(pos[0]), message);
		}
		this.root = document.contents;
	}

	#lineAt(offset: number): number {
		return Math.max(1, this.#lines.linePos(offset).line);
	}

	line(node: unknown): number {
		const range = (node as Node | null | undefined)?.range;
		return range ? this.#lineAt(range[0]) : 1;
	}

	/** The items of a list, or nothing and a fault. */
	list(node: unknown, name: string): unknown[] {
		if (isSeq(node)) return node.items;
		this.#fault(this.line(node), `${name} must be a list`);
		return [];
	}

	/** The single values of a list, one at least and none twice, each checked. */
	items(node: unknown, rule: Rule, name: string, wrong = this.#fault): unknown[] {
		if (!isSeq(node) || !node.items.length) {
			wrong(this.line(node), `${name} must be a list of one or more`);
			return [];
		}
		const seen = new Set<unknown>();
		for (const item of node.items) {
			const value = isScalar(item) ? item.value : undefined;
			const problem = isScalar(item) ? rule(value) : 'must be a list of single values';
			if (problem) wrong(this.line(item), `${name} ${problem}`);
			else if (seen.has(value))
				wrong(this.line(item), `${name} names ${quoted(String(value))} twice`);
			seen.add(value);
		}
		return [...seen];
	}

	/** The value of one key of a map, as a node. */
	get(node: unknown, key: string): unknown {
		return isMap(node) ? node.get(key, true) : undefined;
	}

	/** The keys of a map that `known` does not name, each reported. */
	only(node: unknown, known: readonly string[]): void {
		if (!isMap(node)) return this.#fault(this.line(node), `must be a map of ${known.join(', ')}`);
		for (const { key } of node.items) {
			const name = isScalar(key) ? String(key.value) : '?';
			if (!known.includes(name)) this.#fault(this.line(key), `unknown field ${quoted(name)}`);
		}
	}

	/** Checks a map against its shape. Returns undefined, after saying why, when anything is wrong. */
	check(node: unknown, shape: Shape, what: string): Checked | undefined {
		let sound = true;
		const lines = new Map<string, number>();
		const wrong = (line: number, message: string) => {
			sound = false;
			this.#fault(line, message);
		};

		const walk = (node: unknown, shape: Shape, path: string, name: string): Values => {
			const values: Values = Object.create(null);
			if (isAlias(node)) {
				wrong(this.line(node), `${name} must be written out, not referred to`);
				return values;
			}
			if (!isMap(node)) {
				wrong(this.line(node), `${name} must be a map of ${Object.keys(shape).join(', ')}`);
				return values;
			}
			for (const { key, value } of node.items) {
				const field = isScalar(key) ? String(key.value) : '?';
				// Own properties only: `__proto__` and `constructor` are unknown fields like any other.
				if (!Object.hasOwn(shape, field)) {
					wrong(this.line(key), `unknown field ${quoted(path + field)}`);
					continue;
				}
				const rule = shape[field];
				lines.set(path + field, this.line(key));
				if (!isField(rule)) {
					values[field] = walk(value ?? key, rule, `${path}${field}.`, path + field);
					continue;
				}
				if (rule.many) {
					values[field] = this.items(value ?? key, rule.rule, path + field, wrong);
					continue;
				}
				if (!isScalar(value)) {
					wrong(this.line(value ?? key), `${path}${field} must be a single value`);
					continue;
				}
				const problem = rule.rule(value.value);
				if (problem) wrong(this.line(key), `${path}${field} ${problem}`);
				values[field] = value.value;
			}
			for (const [field, rule] of Object.entries(shape)) {
				if (isField(rule) && rule.optional) continue;
				if (!node.has(field)) wrong(this.line(node), `${name} has no ${path}${field}`);
			}
			return values;
		};

		const id = this.get(node, 'id') ?? this.get(node, 'key');
		const name = isScalar(id) && typeof id.value === 'string' ? quoted(id.value) : what;
		const values = walk(node, shape, '', name);
		return sound ? { values, line: this.line(node), lines } : undefined;
	}
}

function isField(rule: Field | Shape): rule is Field {
	return typeof rule.rule === 'function';
}

/** A name from a file, short and on one line. */
function quoted(name: string): string {
	return `"${name.replace(/[^\x20-\x7e]/g, '?').slice(0, 60)}"`;
}
