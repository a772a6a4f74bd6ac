import type { Row } from './csv.ts';
import type { Rule } from './schema.ts';

export type Report = (line: number, message: string) => void;

/** Access to the cells of one row; what is wrong is reported with the name of its column. */
export function cellsOf({ line, cells }: Row, fault: Report) {
	const has = (column: string) => cells.get(column) ?? '';
	const may = (column: string, rule: Rule) => {
		const cell = has(column);
		const problem = cell && rule(cell);
		if (problem) fault(line, `${column} ${problem}`);
		return cell || undefined;
	};
	const need = (column: string, rule?: Rule) => {
		if (!has(column)) fault(line, `${column} is empty`);
		else if (rule) may(column, rule);
		return has(column);
	};
	return { has, may, need };
}
