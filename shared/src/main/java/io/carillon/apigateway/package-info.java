/** Posts to connections through API Gateway's @connections. */
package io.carillon.apigateway;
