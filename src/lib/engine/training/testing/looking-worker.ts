import { serveLooks } from '../looking.ts';
import { serve } from '../session.ts';

serveLooks(self, serve(self));
self.addEventListener('message', ({ data }) => {
	if (data.type === 'die') self.close();
});
