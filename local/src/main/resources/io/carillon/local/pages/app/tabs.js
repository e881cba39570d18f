import { byId } from './dom.js';

/** Makes a tab list work with the mouse and with the arrow, Home and End keys. */
export function connectTabs(list) {
  const tabs = [...list.querySelectorAll('[role=tab]')];
  const select = chosen => {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute('aria-selected', isChosen);
      tab.tabIndex = isChosen ? 0 : -1;
      byId(tab.getAttribute('aria-controls')).hidden = !isChosen;
    }
  };
  list.addEventListener('click', event => {
    const tab = event.target.closest('[role=tab]');
    if (tab !== null) {
      select(tab);
    }
  });
  list.addEventListener('keydown', event => {
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (at >= 0 && to !== undefined) {
      event.preventDefault();
      const tab = tabs[to % tabs.length];
      select(tab);
      tab.focus();
    }
  });
}
