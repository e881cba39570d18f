/** Reaches the application's backends that are Lambda functions. */
package io.carillon.lambda;
