/** Reaches the application's backends by HTTP. */
package io.carillon.http;
