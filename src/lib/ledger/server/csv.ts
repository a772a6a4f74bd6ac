/** One line of a table: its place in the file, and its cells by the name of their column. */
export type Row = { line: number; cells: Map<string, string> };

/**
 * Reads comma-separated values with a heading line; a cell in double quotes may hold commas, line
 * breaks and doubled quotes (RFC 4180). Reports through `fault(line, message)` and leaves out rows
 * it cannot read.
 */
export function readTable(
	text: string,
	columns: readonly string[],
	fault: (line: number, message: string) => void
): Row[] {
	const [heading, ...rest] = records(text, fault);
	const names = heading?.cells ?? [];
	if (names.join(',') !== columns.join(',')) {
		fault(1, `the columns must be ${columns.join(',')}`);
		return [];
	}

	const rows: Row[] = [];
	for (const { line, cells } of rest) {
		if (cells.length !== columns.length) {
			fault(line, `${cells.length} cells where the heading has ${columns.length}`);
			continue;
		}
		rows.push({ line, cells: new Map(columns.map((name, i) => [name, cells[i].trim()])) });
	}
	return rows;
}

function records(text: string, fault: (line: number, message: string) => void) {
	const found: { line: number; cells: string[] }[] = [];
	let cells: string[] = [];
	let cell = '';
	let quoted = false;
	let line = 1;
	let start = 1;

	function end() {
		cells.push(cell);
		if (cells.length > 1 || cells[0] !== '') found.push({ line: start, cells });
		cells = [];
		cell = '';
	}

	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (c === '\n') line++;
		if (quoted) {
			if (c !== '"') cell += c;
			else if (text[i + 1] === '"') cell += text[++i];
			else quoted = false;
		} else if (c === '"' && cell === '') quoted = true;
		else if (c === ',') {
			cells.push(cell);
			cell = '';
		} else if (c === '\n') {
			end();
			start = line;
		} else if (c !== '\r') cell += c;
	}
	if (quoted) fault(start, 'a quotation mark is never closed');
	end();
	return found;
}
