package io.carillon.local;

import io.carillon.Carillon;
import io.carillon.Ports;
import io.carillon.apigateway.ApiGatewayPoster;
import io.carillon.dynamodb.DynamoDbChannelLog;
import io.carillon.dynamodb.DynamoDbConnections;
import io.carillon.dynamodb.DynamoDbShards;
import io.carillon.dynamodb.DynamoDbSubscribers;
import io.carillon.dynamodb.TableNames;
import io.carillon.dynamodb.Tables;
import io.carillon.functions.ApiHandler;
import io.carillon.functions.ConnectHandler;
import io.carillon.functions.DeliverHandler;
import io.carillon.functions.DisconnectHandler;
import io.carillon.functions.HeartbeatHandler;
import io.carillon.functions.MessageHandler;
import io.carillon.local.aws.CreatedQueue;
import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.Queues;
import io.carillon.local.eventsource.SqsEventSource;
import io.carillon.local.eventsource.SqsEventSourceMapping;
import io.carillon.local.gateway.LocalGateway;
import io.carillon.local.gateway.WebSocketRoutes;
import io.carillon.local.lambda.AccountConcurrency;
import io.carillon.local.lambda.InProcessFunction;
import io.carillon.local.lambda.LambdaFunction;
import io.carillon.sqs.SqsMailboxes;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Runs all of Carillon in this JVM: API Gateway, the functions behind it, their event sources, tables and queues. The
 * functions are the very handlers that Lambda runs, called through the same JSON.
 *
 * <p>Safe for use by several threads.
 */
public final class LocalRuntime implements AutoCloseable {
}
