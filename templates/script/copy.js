/** Makes a button copy the text of an element; where the clipboard is closed, the text is selected instead. */
export function copies(button, source) {
  button.addEventListener('click', () => {
    const said = (word) => {
      button.textContent = word;
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 2000);
    };
    const select = () => {
      getSelection().selectAllChildren(source);
      said('Selected');
    };
    const text = source.textContent.replace(/\n$/, '');
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => said('Copied'), select);
    else select();
  });
}
