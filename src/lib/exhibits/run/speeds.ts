/** @file How a recording may be played. */

export const speeds = {
	own: { label: 'as fast as it was', speed: 1 },
	half: { label: 'half as fast', speed: 0.5 },
	tenth: { label: 'a tenth as fast', speed: 0.1 },
	hundredth: { label: 'a hundredth as fast', speed: 0.01 },
	double: { label: 'twice as fast', speed: 2 },
	ten: { label: 'ten times as fast', speed: 10 },
	step: { label: 'one token a press', speed: 1 }
} as const;

export type SpeedKey = keyof typeof speeds;
