/** The views by address; all but the terminal load when they are asked for. */
import { createRouter, createWebHistory } from 'vue-router';

import TerminalView from '@/views/TerminalView.vue';

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'terminal', component: TerminalView },
    { path: '/status', name: 'status', component: () => import('@/views/StatusView.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
});
