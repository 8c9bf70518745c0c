// Sends the one form of the page that carries an answer to an application.
document.querySelector('form[data-submit-at-once]')?.submit()
