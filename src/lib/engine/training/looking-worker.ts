import { serveLooks } from './looking.ts';
import { serve } from './session.ts';

// a program of its own: most that is trained is looked into by nobody, and what trains stays small
serveLooks(self, serve(self));
