import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { Field, Items, Rule, Shape } from './schema.ts';

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

		const one = (value: unknown, key: unknown, path: string, { rule }: Field): unknown => {
			if (!isScalar(value)) {
				wrong(this.line(value ?? key), `${path} must be a single value`);
				return undefined;
			}
			const problem = rule(value.value);
			if (problem) wrong(this.line(value ?? key), `${path} ${problem}`);
			return value.value;
		};

		/** The maps of a list, all of one shape. */
		const maps = (node: unknown, shape: Shape, name: string): unknown[] => {
			if (isSeq(node)) return node.items.map((item, i) => walk(item, shape, `${name}.${i}.`, name));
			wrong(this.line(node), `${name} must be a list`);
			return [];
		};

		/** A map whose names the writer chose. */
		const named = (node: unknown, field: Field, name: string): Values => {
			const values: Values = Object.create(null);
			if (!isMap(node)) {
				wrong(this.line(node), `${name} must be a map`);
				return values;
			}
			for (const { key, value } of node.items) {
				const word = isScalar(key) ? String(key.value) : '';
				// Letters and digits, and nothing that every object has: `constructor` is no name.
				if (!/^[a-z][a-zA-Z0-9]{0,30}$/.test(word) || word in Object.prototype) {
					wrong(this.line(key), `${name} cannot hold a name ${quoted(word)}`);
					continue;
				}
				lines.set(`${name}.${word}`, this.line(key));
				values[word] = one(value, key, `${name}.${word}`, field);
			}
			return values;
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
				const place = path + field;
				lines.set(place, this.line(key));
				if (isItems(rule)) values[field] = maps(value ?? key, rule.items, place);
				else if (!isField(rule)) values[field] = walk(value ?? key, rule, `${place}.`, place);
				else if (rule.many) {
					values[field] = this.items(value ?? key, rule.rule, place, wrong);
				} else if (rule.named) values[field] = named(value ?? key, rule, place);
				else values[field] = one(value, key, place, rule);
			}
			for (const [field, rule] of Object.entries(shape)) {
				if (mayBeLeftOut(rule) || node.has(field)) continue;
				wrong(this.line(node), `${name} has no ${path}${field}`);
			}
			return values;
		};

		const id = this.get(node, 'id') ?? this.get(node, 'key');
		const name = isScalar(id) && typeof id.value === 'string' ? quoted(id.value) : what;
		const values = walk(node, shape, '', name);
		return sound ? { values, line: this.line(node), lines } : undefined;
	}
}

function isField(rule: Field | Items | Shape): rule is Field {
	return 'rule' in rule && typeof rule.rule === 'function';
}

function isItems(rule: Field | Items | Shape): rule is Items {
	return 'items' in rule && !isField(rule);
}

function mayBeLeftOut(rule: Field | Items | Shape): boolean {
	if (isField(rule) || isItems(rule)) return !!rule.optional;
	return Object.values(rule).every(mayBeLeftOut);
}

/** A name from a file, short and on one line. */
function quoted(name: string): string {
	return `"${name.replace(/[^\x20-\x7e]/g, '?').slice(0, 60)}"`;
}
