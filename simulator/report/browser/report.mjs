// simulator/report/browser/report.js — Draws the charts of report.html with uPlot.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const uPlot = window.uPlot;
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue(`--${name}`).trim();
  const palette = ['c1', 'c2', 'c3', 'c4'].map(colour);
  const HEIGHT = 240;

  const short = (value) => {
    if (value == null) return '';
    if (Math.abs(value) >= 1e6) return `${+(value / 1e6).toPrecision(3)}M`;
    if (Math.abs(value) >= 1e3) return `${+(value / 1e3).toPrecision(3)}k`;
    return String(+value.toPrecision(3));
  };
  const axis = (format) => ({
    stroke: colour('text'),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { stroke: colour('line'), width: 1 },
    font: '12px system-ui, sans-serif',
    values: (_, ticks) => ticks.map(format),
  });
  const line = (label, index, more = {}) => ({
    label,
    stroke: palette[index],
    width: 2,
    points: { show: false },
    value: (_, value) => (value == null ? '–' : short(value)),
    ...more,
  });

  function draw(id, { x, series, columns, xFormat, cursor, yLog }) {
    const holder = document.getElementById(id);
    if (!holder) return;
    if (columns.every((column) => column.every((value) => value == null))) {
      holder.textContent = 'Not measured in this run.';
      holder.classList.add('absent');
      return;
    }
    const options = {
      width: holder.clientWidth,
      height: HEIGHT,
      cursor,
      scales: { x: { time: false }, y: yLog ? { distr: 3 } : { range: (_, low, high) => [Math.min(0, low), high * 1.08 || 1] } },
      axes: [axis(xFormat), { ...axis(short), size: 56 }],
      series: [{ label: x.label, value: (_, value) => (value == null ? '–' : x.format(value)) }, ...series],
    };
    const plot = new uPlot(options, [x.values, ...columns], holder);
    new ResizeObserver(() => plot.setSize({ width: holder.clientWidth, height: HEIGHT })).observe(holder);
  }

  const seconds = { label: 'time', values: data.time, format: (value) => `${value.toFixed(1)} s` };
  const synced = { sync: { key: 'time' } };
  const timeAxis = (value) => `${value} s`;
  const { rates } = data;
  draw('throughput', {
    x: seconds,
    columns: [rates.due, rates.sent, rates.acked, rates.consumed],
    series: [line('due', 3, { dash: [6, 4] }), line('sent', 1), line('acknowledged', 0), line('consumed', 2)],
    xFormat: timeAxis,
    cursor: synced,
  });
  draw('lag', { x: seconds, columns: [data.lag], series: [line('lag', 2, { fill: `${palette[2]}33` })], xFormat: timeAxis, cursor: synced });
  draw('send', {
    x: seconds,
    columns: [data.send.p50, data.send.p99],
    series: [line('p50', 0), line('p99', 1)],
    xFormat: timeAxis,
    cursor: synced,
  });

  const names = Object.keys(data.percentiles);
  const longest = names.map((name) => data.percentiles[name].nines).sort((a, b) => b.length - a.length)[0] ?? [];
  const percent = (nines) => {
    const value = 100 * (1 - 10 ** -nines);
    return `${+value.toFixed(Math.max(0, Math.ceil(nines) - 1))}%`;
  };
  draw('percentiles', {
    x: { label: 'percentile', values: longest, format: percent },
    columns: names.map((name) => longest.map((_, i) => Math.max(0.001, data.percentiles[name].ms[i] ?? Number.NaN) || null)),
    series: names.map((name, i) => line(name, i)),
    xFormat: percent,
    yLog: true,
  });

  const bars = (id, rows) => {
    const holder = document.getElementById(id);
    if (!holder) return;
    const most = Math.max(1, ...rows.map(([, value]) => value));
    const total = rows.reduce((sum, [, value]) => sum + value, 0) || 1;
    const list = document.createElement('table');
    list.className = 'bars';
    for (const [name, value] of rows) {
      const row = list.insertRow();
      row.insertCell().textContent = name;
      const bar = document.createElement('span');
      bar.style.width = `${(100 * value) / most}%`;
      row.insertCell().append(bar);
      row.insertCell().textContent = `${value.toLocaleString('en-US')} (${((100 * value) / total).toFixed(1)}%)`;
    }
    holder.append(list);
  };
  bars('partitions', data.partitions.map((value, index) => [`partition ${index}`, value]));
  bars('types', Object.entries(data.types).map(([name, value]) => [name.toLowerCase().replace('_', ' '), value]));
})();
