// Sends the one form of the page that brings an answer along.
document.querySelector('form[data-submit-at-once]')?.submit()
